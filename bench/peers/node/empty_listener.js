// Bolt as its documentation arranges it: a token, and a listener that does nothing but acknowledge.
const { App } = require("@slack/bolt");

const settings = process.env;
const ready = { path: "/readyz", method: ["GET"], handler: (_, answer) => answer.writeHead(200).end("ready") };

const app = new App({
  token: settings.SLACK_BOT_TOKEN,
  signingSecret: settings.SLACK_SIGNING_SECRET,
  clientOptions: { slackApiUrl: settings.SLACK_API_URL },
  customRoutes: [ready],
});

app.view(settings.CALLBACK, async ({ ack }) => {
  await ack();
});

app.start({ host: settings.HOST, port: Number(settings.PORT) });
