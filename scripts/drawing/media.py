"""The sample's short film and its spoken recording, made from drawn pictures and soft tones."""

import pathlib
import subprocess
import tempfile
import wave

import numpy as np
from PIL import Image

from . import files, scenes

WIDTH, HEIGHT, RATE, SECONDS = 640, 360, 15, 6
SOUND_RATE = 22050
SPOKEN = "样例口述。这是一段示范录音，人物与内容均为虚构。"
EXACT = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact", "-threads", "1"]

SUBTITLES = """WEBVTT

00:00:00.000 --> 00:00:02.000
【样例】王样例的一天，从院里的梅树开始。

00:00:02.000 --> 00:00:04.000
【样例】午后，她在活动中心学画。

00:00:04.000 --> 00:00:06.000
【样例】本片由手绘画面合成，人物与情节均为虚构。
"""


def bell(pitch, start, length, seconds, rate=SOUND_RATE):
    """A soft struck tone with two overtones."""
    t = np.arange(int(seconds * rate)) / rate - start
    swell = np.where(t < 0, 0, np.minimum(t / 0.03, 1) * np.exp(-np.maximum(t, 0) / length))
    tone = sum(a * np.sin(2 * np.pi * pitch * k * t) for k, a in ((1, 1.0), (2, 0.32), (3, 0.10)))
    return tone * swell


def tune(seconds):
    """Six notes of the pentatonic scale, each dying away."""
    notes = (293.66, 369.99, 440.0, 369.99, 329.63, 293.66)
    sound = sum(bell(pitch, k * seconds / 6.2, 0.7, seconds) for k, pitch in enumerate(notes))
    fade = np.minimum(1, (seconds - np.arange(len(sound)) / SOUND_RATE) / 0.6)
    return 0.16 * sound * fade


def spoken():
    """The sentence as the speech synthesiser says it."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "speech.wav"
        subprocess.run(["espeak-ng", "-v", "cmn", "-s", "150", "-p", "38", "-w", str(path), SPOKEN], check=True)
        with wave.open(str(path)) as file:
            rate, data = file.getframerate(), np.frombuffer(file.readframes(file.getnframes()), "<i2")
    sound = data.astype(np.float64) / 32768
    length = int(len(sound) * SOUND_RATE / rate)
    return np.interp(np.linspace(0, len(sound) - 1, length), np.arange(len(sound)), sound)


def write_wave(path, sound):
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SOUND_RATE)
        file.writeframes((np.clip(sound, -1, 1) * 32000).astype("<i2").tobytes())


def recording(seconds=8):
    """A few notes, then the spoken sentence over their dying away."""
    sound = 0.35 * tune(seconds)
    voice = 0.75 * spoken()[: int((seconds - 0.9) * SOUND_RATE)]
    start = int(0.7 * SOUND_RATE)
    sound[start:start + len(voice)] += voice
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write_wave(folder / "a.wav", sound)
        subprocess.run(["ffmpeg", "-v", "error", "-i", folder / "a.wav", "-c:a", "libmp3lame", "-b:a", "64k", *EXACT, folder / "a.mp3"], check=True)
        return (folder / "a.mp3").read_bytes()


def frames():
    """Three drawn pictures, each slowly drawn nearer, melting into one another."""
    names = ("albums/yangli-album/garden.jpg", "albums/yangli-album/calligraphy.jpg", "videos/yangli-video/poster.jpg")
    pictures = [Image.fromarray(files.eight_bits(scenes.SCENES[name]().finish(grain=0))) for name in names]
    total, part = RATE * SECONDS, RATE * SECONDS / len(pictures)

    def view(k, t):
        image = pictures[k]
        wide = image.width * (1 - 0.08 * t)
        high = wide * HEIGHT / WIDTH
        left, top = (image.width - wide) / 2, (image.height - high) / 2
        shot = image.resize((WIDTH, HEIGHT), Image.LANCZOS, (left, top, left + wide, top + high))
        return np.asarray(shot, np.float32)

    for n in range(total):
        k = min(int(n / part), len(pictures) - 1)
        t = n / part - k
        shot = view(k, t)
        if t > 0.8 and k + 1 < len(pictures):
            melt = (t - 0.8) / 0.2
            shot = shot * (1 - melt) + view(k + 1, 0.0) * melt
        yield shot.astype(np.uint8).tobytes()


def film():
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        write_wave(folder / "a.wav", tune(SECONDS))
        command = ["ffmpeg", "-v", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}", "-r", str(RATE), "-i", "-",
                   "-i", folder / "a.wav", "-c:v", "libx264", "-preset", "slow", "-crf", "26", "-profile:v", "main", "-pix_fmt", "yuv420p",
                   "-c:a", "aac", "-b:a", "48k", "-movflags", "+faststart", *EXACT, folder / "story.mp4"]
        subprocess.run(command, input=b"".join(frames()), check=True)
        return (folder / "story.mp4").read_bytes()


def make():
    yield "videos/yangli-video/story.mp4", film()
    yield "videos/yangli-video/story.vtt", SUBTITLES.encode()
    yield "oral/yangli-oral/audio.mp3", recording()
