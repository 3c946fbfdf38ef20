// 口述历史: from each paragraph that has a time one can hear, and the one that is being spoken is marked.
(function () {
  'use strict';
  const sound = document.querySelector('.listen audio, .listen video');
  const turns = [];
  Array.prototype.forEach.call(document.querySelectorAll('.turn'), function (element) {
    const time = element.querySelector('.time');
    const start = time ? seconds(time.textContent) : null;
    if (start !== null) turns.push({ element: element, time: time, start: start });
  });
  if (!sound || !turns.length) return;
  let now = null;

  // 1:02:03, 02:03 or 123 seconds.
  function seconds(text) {
    const found = /^\s*(?:(\d+):)?(\d+):(\d+(?:\.\d+)?)\s*$/.exec(text);
    if (!found) return null;
    return Number(found[1] || 0) * 3600 + Number(found[2]) * 60 + Number(found[3]);
  }
  function mark() {
    let current = null;
    turns.forEach(function (turn) { if (turn.start <= sound.currentTime + 0.05) current = turn });
    if (sound.paused && sound.currentTime === 0) current = null;
    if (current === now) return;
    if (now) {
      now.element.classList.remove('now');
      now.element.removeAttribute('aria-current');
    }
    now = current;
    if (!now) return;
    now.element.classList.add('now');
    now.element.setAttribute('aria-current', 'true');
  }

  turns.forEach(function (turn) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'from';
    button.textContent = turn.time.textContent;
    button.setAttribute('aria-label', '从 ' + turn.time.textContent.trim() + ' 听起');
    turn.time.textContent = '';
    turn.time.appendChild(button);
    function hear() {
      sound.currentTime = turn.start;
      sound.play();
    }
    button.addEventListener('click', function (event) {
      event.stopPropagation();
      hear();
    });
    // The words may be clicked too, unless somebody is selecting them or follows a link.
    turn.element.addEventListener('click', function (event) {
      if (event.target.closest('a') || String(window.getSelection())) return;
      hear();
    });
    turn.element.classList.add('heard');
  });
  ['timeupdate', 'seeked', 'play', 'ended'].forEach(function (type) { sound.addEventListener(type, mark) });
})();
