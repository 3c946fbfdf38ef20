// Shows what becomes of a stick, a sentence at a time, and goes when it is pulled.
'use strict';
(function () {
  var sentence = document.getElementById('sentence');
  var wheel = document.getElementById('wheel');
  var shown = '';
  window.QunyingStick = function (news) {
    if (news.step + news.text === shown) return;
    shown = news.step + news.text;
    sentence.textContent = news.text;
    document.body.className = news.step;
    wheel.hidden = news.step !== 'reading';
    if (news.step === 'gone') setTimeout(function () { window.close(); }, news.text.length > 10 ? 8000 : 1500);
    if (news.step === 'nothing') setTimeout(function () { window.close(); }, 15000);
  };
  setInterval(function () {
    var script = document.createElement('script');
    script.src = 'file:///run/qunying-kiosk/stick.js?' + Date.now();
    script.onload = script.onerror = function () { script.remove(); };
    document.head.appendChild(script);
  }, 500);
}());
