// 朗读 in the bar of 长辈版: plays the recorded reading of the page where there is one; else lets a Chinese voice of this
// very device read paragraph by paragraph, the one that is spoken marked; else the button stays away.
(function () {
  'use strict';
  const button = document.querySelector('.dock-speak');
  const stop = document.querySelector('.dock-stop');
  const recorded = document.querySelector('audio.reading');
  if (!button) return;
  const label = button.querySelector('span');

  function say(words, reading) {
    label.textContent = words;
    stop.hidden = !reading;
  }

  // ---- a recording
  function useRecording() {
    button.hidden = false;
    button.addEventListener('click', function () {
      if (recorded.paused) recorded.play();
      else recorded.pause();
    });
    stop.addEventListener('click', function () {
      recorded.pause();
      recorded.currentTime = 0;
      say('朗读', false);
      button.focus();
    });
    recorded.addEventListener('play', function () { say('暂停', true) });
    recorded.addEventListener('pause', function () { say('继续', true) });
    recorded.addEventListener('ended', function () { say('朗读', false) });
  }
  if (recorded) return useRecording();

  // ---- a voice
  const speech = window.speechSynthesis;
  if (!speech || !window.SpeechSynthesisUtterance) return;
  let voice = null;
  let parts = [];      // {element, text}: what is still to be read is parts[at] and after
  let at = 0;
  let reading = false;
  let turn = 0;        // tells late events of an utterance that was given up

  function findVoice() {
    const chinese = speech.getVoices().filter(function (each) {
      return each.localService && /^(zh|cmn)/i.test(each.lang) && !/hk|tw|yue/i.test(each.lang);
    });
    voice = chinese.filter(function (each) { return each.default })[0] || chinese[0] || null;
    button.hidden = !voice;
  }

  const blocks = 'h1,h2,h3,h4,p,li,dt,dd,figcaption,th,td';
  const silent = 'nav,audio,video,form,button,[hidden],[aria-hidden="true"]';
  function spoken(element) {
    const copy = element.cloneNode(true);
    Array.prototype.forEach.call(copy.querySelectorAll(silent + ',rt,rp'), function (each) { each.parentNode.removeChild(each) });
    return copy.textContent.replace(/\s+/g, ' ').trim();
  }
  // Sentences of at most some hundred characters: longer ones are cut off by some voices.
  function sentences(text) {
    return (text.match(/[^。！？；!?;]+[。！？；!?;”’」』）]*/g) || [text]).filter(function (each) { return /[0-9A-Za-z\u3400-\u9fff]/.test(each) });
  }
  function gather() {
    const found = [];
    Array.prototype.forEach.call(document.querySelectorAll('main ' + blocks.split(',').join(',main ')), function (element) {
      if (element.querySelector(blocks) || element.closest(silent) || !element.getClientRects().length) return;
      sentences(spoken(element)).forEach(function (text) { found.push({ element: element, text: text }) });
    });
    return found;
  }

  function mark(element) {
    const marked = document.querySelector('.spoken');
    if (marked === element) return;
    if (marked) marked.classList.remove('spoken');
    if (!element) return;
    element.classList.add('spoken');
    const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    element.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  }

  function next() {
    if (at >= parts.length) return finish();
    const mine = ++turn;
    const utterance = new SpeechSynthesisUtterance(parts[at].text);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = 0.9;
    utterance.onend = utterance.onerror = function () {
      if (mine !== turn || !reading) return;
      ++at;
      next();
    };
    mark(parts[at].element);
    speech.speak(utterance);
  }
  // A pause gives the sentence up and begins it again later: on many phones a paused voice never comes back.
  function pause() {
    reading = false;
    ++turn;
    speech.cancel();
    say('继续', true);
  }
  function finish() {
    reading = false;
    ++turn;
    speech.cancel();
    parts = [];
    at = 0;
    mark(null);
    say('朗读', false);
  }

  button.addEventListener('click', function () {
    if (reading) return pause();
    if (!parts.length) parts = gather();
    reading = true;
    say('暂停', true);
    next();
  });
  stop.addEventListener('click', function () {
    finish();
    button.focus();
  });
  window.addEventListener('pagehide', finish);
  document.addEventListener('qunying-mode', function () {
    if (reading) finish();
  });
  findVoice();
  if (speech.addEventListener) speech.addEventListener('voiceschanged', findVoice);
  else speech.onvoiceschanged = findVoice;
})();
