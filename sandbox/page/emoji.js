/** The common short names; one that is not known stays as it was written. */

const NAMES = `
white_check_mark ✅|heavy_check_mark ✔️|ballot_box_with_check ☑️|x ❌|warning ⚠️|no_entry ⛔|exclamation ❗|question ❓
bulb 💡|rocket 🚀|tada 🎉|sparkles ✨|star ⭐|fire 🔥|zap ⚡|boom 💥|100 💯|trophy 🏆|medal 🏅|dart 🎯
chart_with_upwards_trend 📈|chart_with_downwards_trend 📉|bar_chart 📊|moneybag 💰|money_with_wings 💸|dollar 💵|euro 💶|coin 🪙
calendar 📆|date 📅|spiral_calendar_pad 🗓️|clock1 🕐|clock3 🕒|hourglass ⌛|hourglass_flowing_sand ⏳|alarm_clock ⏰|stopwatch ⏱️|bell 🔔|no_bell 🔕
memo 📝|pencil 📝|pencil2 ✏️|clipboard 📋|pushpin 📌|round_pushpin 📍|paperclip 📎|link 🔗|lock 🔒|unlock 🔓|key 🔑|mag 🔍
wrench 🔧|hammer 🔨|gear ⚙️|hammer_and_wrench 🛠️|package 📦|bookmark 🔖|label 🏷️|books 📚|book 📖|newspaper 📰|file_folder 📁
wave 👋|+1 👍|thumbsup 👍|-1 👎|thumbsdown 👎|clap 👏|raised_hands 🙌|pray 🙏|muscle 💪|point_right 👉|point_up ☝️|eyes 👀|ok_hand 👌|handshake 🤝
smile 😄|slightly_smiling_face 🙂|grin 😁|joy 😂|wink 😉|heart ❤️|thinking_face 🤔|sob 😭|cry 😢|sweat_smile 😅|sunglasses 😎|robot_face 🤖|ghost 👻
arrow_up ⬆️|arrow_down ⬇️|arrow_right ➡️|arrow_left ⬅️|arrows_counterclockwise 🔄|repeat 🔁|back 🔙|top 🔝|new 🆕|information_source ℹ️
red_circle 🔴|large_orange_circle 🟠|large_yellow_circle 🟡|large_green_circle 🟢|large_blue_circle 🔵|white_circle ⚪|black_circle ⚫
large_green_square 🟩|large_yellow_square 🟨|large_orange_square 🟧|large_red_square 🟥|white_large_square ⬜|black_large_square ⬛
sunny ☀️|cloud ☁️|umbrella ☔|snowflake ❄️|rainbow 🌈|seedling 🌱|evergreen_tree 🌲|earth_africa 🌍|coffee ☕|pizza 🍕|cake 🍰|beers 🍻
baby 👶|walking 🚶|runner 🏃|running 🏃|turtle 🐢|rabbit2 🐇|snail 🐌|bug 🐛|bee 🐝|penguin 🐧|octopus 🐙|speech_balloon 💬|thought_balloon 💭
mega 📣|loudspeaker 📢|email ✉️|envelope ✉️|inbox_tray 📥|outbox_tray 📤|house 🏠|office 🏢|computer 💻|iphone 📱|phone ☎️|busts_in_silhouette 👥`;

const EMOJI = new Map(NAMES.trim().split(/[|\n]/).map((entry) => entry.split(" ")));

export const emoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => EMOJI.get(name) ?? whole);
