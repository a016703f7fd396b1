'use strict';

const element = id => document.getElementById(id);
const percent = score => `${(score * 100).toFixed(1)} %`;
const count = number => number.toLocaleString('en-US');

const limits = { uploadBytes: Infinity };
let image = null;
let running = null;
let stream = null;

async function showModel() {
  const response = await fetch('v1/model');
  const model = await response.json();
  limits.uploadBytes = model.maxUploadBytes;
  element('model').textContent = `${model.model}, ${count(model.classes.length)} ${model.classes.length === 1 ? 'class' : 'classes'}`;
}

function showError(text) {
  element('error').textContent = text;
  element('error').hidden = false;
  element('status').textContent = '';
}

function clearResult() {
  element('error').hidden = true;
  element('classes').replaceChildren();
  element('explained').hidden = true;
  element('overlay').hidden = true;
  element('strength').hidden = true;
}

function showPhoto(blob) {
  const photo = element('photo');
  URL.revokeObjectURL(photo.src);
  photo.src = URL.createObjectURL(blob);
  element('stage').hidden = false;
}

/** Sends the image; a newer request replaces one that is running. Returns the answer, or null where there is none. */
async function ask(query) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  try {
    const response = await fetch(`v1/classify?${query}`, { method: 'POST', body: image, signal });
    const answer = await response.json();
    if (response.ok) {
      return answer;
    }

    showError(answer.detail ?? `The server answered ${response.status}.`);
  } catch (error) {
    if (!signal.aborted) {
      showError('The server does not answer. Is "mobilenetv2 serve" still running?');
    }
  }

  return null;
}

function createBar(score) {
  const item = document.createElement('li');
  const button = document.createElement('button');
  const bar = document.createElement('span');
  const label = document.createElement('span');
  const value = document.createElement('span');
  bar.className = 'bar';
  bar.style.width = `${Math.max(0, Math.min(1, score.score)) * 100}%`;
  label.textContent = score.label;
  value.className = 'score';
  value.textContent = percent(score.score);
  button.type = 'button';
  button.title = `Show what speaks for ${score.label}`;
  button.dataset.label = score.label;
  button.append(bar, label, value);
  button.addEventListener('click', () => explain(score.label));
  item.append(button);
  return item;
}

function showMap(explanation) {
  element('overlay').src = explanation.overlay;
  element('overlay').alt = `Activation map: where the image speaks for ${explanation.label}`;
  element('overlay').hidden = false;
  element('strength').hidden = false;
  element('explained').textContent = `The colors show what speaks for “${explanation.label}”. Choose another class to see what speaks for that.`;
  element('explained').hidden = false;
  for (const button of element('classes').querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.dataset.label === explanation.label));
  }
}

async function classify(blob) {
  closeCamera();
  clearResult();
  if (blob.size > limits.uploadBytes) {
    element('stage').hidden = true;
    showError(`The file has ${(blob.size / 1e6).toFixed(1)} MB; the server takes up to ${limits.uploadBytes / 1e6} MB.`);
    return;
  }

  image = blob;
  showPhoto(blob);
  element('hint').textContent = 'For another image, drop or paste it, or';
  element('status').textContent = 'Looking …';
  const answer = await ask('top=5&explain=true');
  if (answer) {
    element('classes').replaceChildren(...answer.scores.map(createBar));
    element('status').textContent = `${answer.label}, ${percent(answer.score)}, after ${answer.milliseconds} ms`;
    showMap(answer.explanation);
  }
}

async function explain(label) {
  element('error').hidden = true;
  const answer = await ask(`top=1&label=${encodeURIComponent(label)}`);
  if (answer) {
    showMap(answer.explanation);
  }
}

function take(items) {
  const file = [...items].find(item => item.type.startsWith('image/')) ?? items[0];
  if (file) {
    classify(file);
  }
}

async function openCamera() {
  const video = element('video');
  const button = element('shoot');
  clearResult();
  element('status').textContent = '';
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    element('stage').hidden = true;
    button.disabled = true;
    setCamera(true);
    video.srcObject = stream;
    await video.play();
    button.disabled = false;
    button.focus();
  } catch (error) {
    if (error.name !== 'AbortError') {
      closeCamera();
      showError(`The camera cannot be used: ${error.message}`);
    }
  }
}

function setCamera(isOpen) {
  for (const id of ['video', 'shoot', 'close']) {
    element(id).hidden = !isOpen;
  }

  element('hint').hidden = element('choose').hidden = element('camera').hidden = isOpen;
}

function closeCamera() {
  if (stream) {
    stream.getTracks().forEach(track => track.stop());
    stream = null;
    element('video').srcObject = null;
    setCamera(false);
    element('camera').focus();
  }
}

function shoot() {
  const video = element('video');
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext('2d').drawImage(video, 0, 0);
  canvas.toBlob(classify, 'image/jpeg', 0.92);
}

element('choose').addEventListener('click', () => element('file').click());
element('file').addEventListener('change', event => {
  take(event.target.files);
  event.target.value = '';
});
element('camera').addEventListener('click', openCamera);
element('shoot').addEventListener('click', shoot);
element('close').addEventListener('click', closeCamera);
element('photo').addEventListener('error', () => {
  element('stage').hidden = true;
});
element('opacity').addEventListener('input', event => {
  element('overlay').style.opacity = event.target.value / 100;
});
document.addEventListener('paste', event => take(event.clipboardData.files));
document.addEventListener('dragover', event => {
  event.preventDefault();
  element('drop').classList.add('over');
});
document.addEventListener('dragleave', event => {
  if (!event.relatedTarget) {
    element('drop').classList.remove('over');
  }
});
document.addEventListener('drop', event => {
  event.preventDefault();
  element('drop').classList.remove('over');
  take(event.dataTransfer.files);
});
element('camera').hidden = !navigator.mediaDevices;
showModel().catch(() => showError('The server does not answer. Is "mobilenetv2 serve" still running?'));
