/*
 * 扫条码: reads a bar code from the camera, or from a photograph. Loaded by lookup-answer.js where the browser can
 * (BarcodeDetector); the buttons are shown only there. Pictures stay on the device.
 */
(() => {
  'use strict';

  const FORMATS = ['ean_13', 'ean_8', 'upc_a', 'itf'];
  const PAUSE = 200;
  const by = (id) => document.getElementById(`lookup-${id}`);
  const [scan, photo, file, camera, video, stop, note] = ['scan', 'photo', 'file', 'camera', 'video', 'stop', 'note'].map(by);

  let detector = null;
  let stream = null;

  const say = (words) => {
    note.textContent = words;
  };

  /** The first code of a picture that is one of goods, or null. */
  async function codeIn(picture) {
    const found = await detector.detect(picture);
    const codes = found.map(({ rawValue }) => rawValue.replace(/\D/g, ''));
    return codes.find((code) => [8, 12, 13, 14].includes(code.length)) || null;
  }

  function close() {
    if (stream) stream.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    camera.hidden = true;
  }

  function cancel() {
    close();
    say('');
    scan.focus();
  }

  function done(code) {
    close();
    say(`扫到条码 ${code}。`);
    window.jingshiLookup.ask(code);
    // Not the field: its keyboard would cover the answer.
    by('headline').focus();
  }

  /** Looks at the picture of the camera again and again, until a code is in it or nobody wants it any more. */
  async function watch(own) {
    while (stream === own) {
      // A picture that is not there yet cannot be read: the next one can.
      const code = video.readyState >= 2 ? await codeIn(video).catch(() => null) : null;
      if (stream !== own) return;
      if (code) {
        done(code);
        return;
      }
      await new Promise((resolve) => window.setTimeout(resolve, PAUSE));
    }
  }

  const REASONS = {
    NotAllowedError: '没有得到使用摄像头的许可。请在浏览器的设置里允许，或者照着条码下面的数字输入。',
    NotFoundError: '没有找到摄像头。请照着条码下面的数字输入。',
    NotReadableError: '摄像头正被别的程序使用。请关掉它再扫，或者照着条码下面的数字输入。',
  };

  async function start() {
    if (stream) return;
    say('正在打开摄像头…');
    try {
      const own = await navigator.mediaDevices.getUserMedia({ audio: false, video: { facingMode: 'environment' } });
      stream = own;
      video.srcObject = own;
      camera.hidden = false;
      await video.play();
      say('摄像头已打开，请对准条码。按 Esc 或“不扫了”退出。');
      stop.focus();
      watch(own);
    } catch (error) {
      close();
      say(REASONS[error.name] || '摄像头打不开。请照着条码下面的数字输入。');
    }
  }

  async function read(picture) {
    say('正在看照片…');
    try {
      const bitmap = await createImageBitmap(picture);
      const code = await codeIn(bitmap);
      bitmap.close();
      if (code) done(code);
      else say('照片里没有认出条码。请靠近些、光线亮些再拍一张，或者照着条码下面的数字输入。');
    } catch {
      say('这张照片打不开。请再拍一张，或者照着条码下面的数字输入。');
    }
  }

  async function offer() {
    const known = await window.BarcodeDetector.getSupportedFormats();
    const formats = FORMATS.filter((format) => known.includes(format));
    if (formats.length === 0) return;
    detector = new window.BarcodeDetector({ formats });
    const hasCamera = Boolean(navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
    scan.hidden = !hasCamera;
    photo.hidden = hasCamera;
    by('scanning').hidden = false;
  }

  scan.addEventListener('click', start);
  stop.addEventListener('click', cancel);
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && stream) cancel();
  });
  // Who leaves the page no longer wants the camera.
  document.addEventListener('visibilitychange', () => {
    if (document.hidden && stream) cancel();
  });
  file.addEventListener('change', () => {
    if (file.files.length > 0) read(file.files[0]);
    file.value = '';
  });
  offer().catch(() => undefined);
})();
