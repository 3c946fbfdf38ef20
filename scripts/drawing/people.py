"""The sample's invented people: what each of them looks like."""

from .ink import seed_of

INDIGO = (0.36, 0.43, 0.53)
CELADON = (0.52, 0.60, 0.53)
OCHRE = (0.72, 0.58, 0.38)
PLUM = (0.53, 0.38, 0.42)
RUST = (0.63, 0.40, 0.31)
MOSS = (0.47, 0.49, 0.37)
SLATE = (0.42, 0.45, 0.48)
TEAL = (0.36, 0.49, 0.50)
ROSE = (0.70, 0.49, 0.46)
UMBER = (0.50, 0.42, 0.35)
CINNABAR = (0.60, 0.28, 0.23)
NAVY = (0.29, 0.33, 0.41)
GREY = (0.48, 0.47, 0.46)
SKY = (0.66, 0.72, 0.76)

# id, sex, age, class of file, face, turn (degrees, + to the right), hair, greyness, dress, accent, and what else
_ROWS = [
    ("wang-yangli", "F", 76, "jpg", "oval", -14, "soft", 0.75, "cardigan", CELADON, dict(glasses="oval", frame=(0.42, 0.30, 0.22), part=-1, smile=0.95, flesh=0.6, bridge=0.024)),
    ("li-shifan", "M", 81, "jpg", "square", 16, "back", 0.95, "zhongshan", SLATE, dict(cloth=(0.45, 0.47, 0.49), pen=True, smile=0.75, brow=1.25, eye_tilt=0.012, flesh=0.7)),
    ("zhang-fangben", "M", 70, "palette", "oval", -20, "side", 0.45, "jacket", INDIGO, dict(cloth=NAVY, glasses="half", part=-1, smile=0.55, nose_out=0.12, bridge=0.045, hollow=0.3)),
    ("chen-moban", "F", 68, "webp", "heart", 18, "bob", 0.30, "scarf", RUST, dict(cloth=UMBER, scarf=(0.66, 0.40, 0.31), smile=0.85, fringe=True, flesh=0.45, lip=0.021, bag=0.8, fold=0.7)),
    ("zhao-xuni", "M", 88, "lying", "long", -11, "receding", 1.0, "tang", CINNABAR, dict(cloth=(0.47, 0.30, 0.27), hollow=0.5, brow=1.2, smile=0.9, bag=1.1, hood=0.9, nose_y=0.205)),
    ("sun-jiashe", "F", 73, "jpg", "round", 12, "perm", 0.55, "sweater", PLUM, dict(smile=1.0, laugh=0.8, flesh=0.95, eye_open=0.014)),
    ("zhou-jiading", "M", 79, "heic", "round", -17, "crew", 0.85, "shirt", SKY, dict(cloth=SKY, smile=1.0, flesh=0.9, nose_w=0.088, eye_open=0.014)),
    ("wu-tuoming", "M", 66, "palette", "square", 21, "side", 0.28, "suit", UMBER, dict(cloth=(0.42, 0.39, 0.36), smile=0.5, brow=1.5, flesh=0.3, nose_out=0.115)),
    ("zheng-yangben", "F", 84, "jpg", "oval", 15, "bun", 0.95, "qipao", TEAL, dict(cloth=(0.40, 0.49, 0.49), smile=0.75, flesh=0.35, hood=0.7, lip=0.015)),
    ("feng-nizi", "F", 71, "webp", "heart", -22, "wavy", 0.5, "qipao", PLUM, dict(cloth=(0.50, 0.38, 0.42), part=-1, smile=0.75, eye_tilt=-0.008, flesh=0.3, eye_open=0.024)),
    ("ouyang-shili", "M", 90, "jpg", "long", 13, "bald", 1.0, "cardigan", OCHRE, dict(cloth=(0.60, 0.50, 0.38), long_brows=True, brow=1.5, beard="goatee", hollow=0.5, smile=1.0, eye_open=0.013, flesh=0.1, nose_y=0.21)),
    ("tian-fu", "M", 75, "jpg", "square", -19, "crew", 0.6, "army", MOSS, dict(cloth=(0.44, 0.45, 0.37), complexion=0.45, smile=0.9, nose_w=0.090, brow_bone=1.1, lip=0.018)),
    ("tian-da-li", "M", 77, "jpg", "round", 9, "receding", 0.8, "shirt", OCHRE, dict(cloth=(0.80, 0.73, 0.60), complexion=0.55, smile=1.0, laugh=1.0, eye_open=0.012, flesh=1.1, nose_w=0.092)),
    ("ding-yangben", "M", 69, "jpg", "long", -15, "side", 0.4, "sweater", TEAL, dict(glasses="square", part=1, smile=0.5, flesh=0.0, nose_out=0.125, bridge=0.05)),
    ("yu-shifan", "F", 72, "jpg", "oval", 14, "perm", 0.3, "cardigan", ROSE, dict(cloth=(0.66, 0.48, 0.45), glasses="round", frame=(0.50, 0.40, 0.26), smile=0.85, flesh=0.55)),
    ("wei-yangzhang", "F", 80, "palette", "round", -12, "headcloth", 0.7, "tang", INDIGO, dict(cloth=(0.30, 0.35, 0.44), complexion=0.4, smile=1.0, laugh=0.6, flesh=0.9, eye_open=0.014, nose_w=0.078)),
    ("you-lizi", "M", 74, "cmyk", "heart", 17, "back", 0.7, "suit", SLATE, dict(cloth=(0.40, 0.42, 0.45), glasses="oval", frame=(0.45, 0.42, 0.38), smile=0.6, flesh=0.2, eye_half=0.064)),
    ("bian-xuju", "M", 83, "jpg", "oval", -16, "bald", 0.95, "zhongshan", UMBER, dict(cloth=(0.55, 0.51, 0.46), glasses="round", smile=0.7, flesh=0.5, eye_tilt=0.014)),
    ("wen-nishu", "F", 67, "webp", "oval", 14, "bob", 0.35, "jacket", CELADON, dict(cloth=(0.53, 0.58, 0.53), glasses="square", frame=(0.34, 0.20, 0.18), part=-1, smile=0.7, flesh=0.4)),
    ("fang-lishi", "M", 86, "jpg", "square", -21, "side", 1.0, "sweater", RUST, dict(cloth=(0.58, 0.42, 0.34), part=-1, smile=0.75, brow=1.6, jowl=1.1, bag=1.0)),
    ("yin-jiaxiang", "F", 78, "jpg", "heart", -18, "topbun", 0.85, "scarf", TEAL, dict(cloth=(0.47, 0.49, 0.50), scarf=(0.43, 0.55, 0.55), smile=0.85, eye_tilt=0.012, flesh=0.4)),
    ("kong-cankao", "M", 82, "jpg", "long", 17, "back", 1.0, "tang", INDIGO, dict(cloth=(0.33, 0.38, 0.46), beard="goatee", glasses="round", smile=0.55, hollow=0.6, flesh=0.0)),
    ("maimaiti-yangli", "M", 70, "jpg", "square", -15, "doppa", 0.7, "suit", MOSS, dict(cloth=(0.38, 0.39, 0.35), beard="full", brow=1.6, complexion=0.35, nose=1.15, smile=0.85, nose_out=0.14, bridge=0.055, eye_x=0.132, brow_bone=1.2)),
    ("lu-yangban", "F", 65, "jpg", "round", 11, "soft", 0.36, "shirt", ROSE, dict(cloth=(0.84, 0.72, 0.68), smile=0.95, laugh=0.7, fringe=True, flesh=0.7, bag=0.95, fold=0.9, jowl=0.8, hood=0.7)),
    ("wang-wei-1", "M", 73, "p3", "oval", 8, "crew", 0.58, "zhongshan", INDIGO, dict(cloth=(0.36, 0.40, 0.48), pen=True, smile=0.7, flesh=0.25, brow=1.2, bag=0.9, fold=0.85, jowl=0.8)),
    ("jin-moni", "M", 91, "grey", "square", 19, "bald", 1.0, "jacket", GREY, dict(cloth=(0.45, 0.44, 0.43), hollow=0.6, brow=1.3, smile=0.4, flesh=0.2, jowl=1.0, bag=1.0)),
    ("lin-shiyang", "F", 85, "deep", "long", -13, "bun", 1.0, "cardigan", GREY, dict(cloth=(0.56, 0.54, 0.52), glasses="round", frame=(0.36, 0.33, 0.30), smile=0.6, flesh=0.15)),
]


def _person(row):
    name, sex, age, file, face, turn, hair, grey, dress, accent, more = row
    person = dict(id=name, seed=seed_of(name), sex=sex, age=age, file=file, face=face, turn=turn, hair=hair,
                  grey=grey, dress=dress, accent=accent)
    person.update(more)
    return person


PEOPLE = [_person(row) for row in _ROWS]
BY_ID = {person["id"]: person for person in PEOPLE}
