// Loads the page anew when the preview has changed, also after the server was started again.
const source = new EventSource("/_jingshi/events");
source.onmessage = () => location.reload();
let lost = false;
source.onerror = () => { lost = true; };
source.onopen = () => { if (lost) location.reload(); };
