/** Where an element keeps what it holds. */

const CONTENT = {
  static_select: "selected_option", external_select: "selected_option", radio_buttons: "selected_option",
  checkboxes: "selected_options", multi_static_select: "selected_options", multi_external_select: "selected_options",
  users_select: "selected_user", multi_users_select: "selected_users",
  channels_select: "selected_channel", multi_channels_select: "selected_channels",
  conversations_select: "selected_conversation", multi_conversations_select: "selected_conversations",
  datepicker: "selected_date", timepicker: "selected_time", datetimepicker: "selected_date_time",
  rich_text_input: "rich_text_value", file_input: "files",
};
const slot = (type) => CONTENT[type] ?? "value";

export const contentOf = (held) => held?.[slot(held.type)];
export const initialOf = (element) => element[slot(element.type).replace("selected_", "initial_").replace(/^(rich_text_)?value$/, "initial_value")];
export const isTyped = (element) => slot(element.type) === "value";
