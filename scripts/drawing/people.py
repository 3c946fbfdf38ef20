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

# id, sex, age, file ending, face, turn (degrees, + to the right), hair, greyness, dress, accent, and what else
_ROWS = [
    ("wang-yangli", "F", 76, "jpg", "oval", -7, "soft", 0.75, "cardigan", CELADON, dict(smile=0.9, glasses="oval", frame=(0.42, 0.30, 0.22), part=-1)),
    ("li-shifan", "M", 81, "jpg", "square", 7, "back", 0.95, "zhongshan", SLATE, dict(cloth=(0.45, 0.47, 0.49), pen=True, smile=0.5)),
    ("zhang-fangben", "M", 70, "png", "oval", -6, "side", 0.45, "jacket", INDIGO, dict(cloth=NAVY, glasses="half", part=-1)),
    ("chen-moban", "F", 68, "webp", "heart", 6, "bob", 0.15, "scarf", RUST, dict(smile=0.8, cloth=UMBER, scarf=(0.66, 0.40, 0.31))),
    ("zhao-xuni", "M", 88, "jpg", "long", -5, "receding", 1.0, "tang", CINNABAR, dict(cloth=(0.47, 0.30, 0.27), smile=0.7, hollow=0.5, brow=1.2)),
    ("sun-jiashe", "F", 73, "jpg", "round", 5, "perm", 0.55, "sweater", PLUM, dict(smile=0.9)),
    ("zhou-jiading", "M", 79, "jpg", "round", -7, "crew", 0.85, "shirt", SKY, dict(cloth=SKY, smile=0.9)),
    ("wu-tuoming", "M", 66, "png", "square", 6, "side", 0.15, "suit", UMBER, dict(cloth=(0.42, 0.39, 0.36), smile=0.5)),
    ("zheng-yangben", "F", 84, "jpg", "oval", 7, "bun", 0.95, "qipao", TEAL, dict(cloth=(0.40, 0.49, 0.49), smile=0.6)),
    ("feng-nizi", "F", 71, "webp", "heart", -6, "wavy", 0.5, "qipao", PLUM, dict(cloth=(0.50, 0.38, 0.42), smile=0.7, part=-1)),
    ("ouyang-shili", "M", 90, "jpg", "long", 6, "bald", 1.0, "cardigan", OCHRE, dict(cloth=(0.60, 0.50, 0.38), long_brows=True, brow=1.5, smile=0.8, beard="goatee", hollow=0.5)),
    ("tian-fu", "M", 75, "jpg", "square", -5, "crew", 0.6, "jacket", MOSS, dict(cloth=(0.44, 0.45, 0.37), complexion=0.45, smile=0.8)),
    ("tian-da-li", "M", 77, "jpg", "round", 7, "receding", 0.8, "shirt", OCHRE, dict(cloth=(0.80, 0.73, 0.60), complexion=0.55, smile=1.0)),
    ("ding-yangben", "M", 69, "jpg", "long", -6, "side", 0.4, "sweater", TEAL, dict(glasses="square", smile=0.5, part=1)),
    ("yu-shifan", "F", 72, "jpg", "oval", 6, "perm", 0.3, "cardigan", ROSE, dict(smile=0.8, cloth=(0.66, 0.48, 0.45), glasses="round", frame=(0.50, 0.40, 0.26))),
    ("wei-yangzhang", "F", 80, "png", "round", -6, "headcloth", 0.7, "tang", INDIGO, dict(cloth=(0.30, 0.35, 0.44), complexion=0.4, smile=0.9)),
    ("you-lizi", "M", 74, "jpg", "heart", 5, "back", 0.7, "suit", SLATE, dict(cloth=(0.40, 0.42, 0.45), glasses="oval", frame=(0.45, 0.42, 0.38))),
    ("bian-xuju", "M", 83, "jpg", "oval", -7, "bald", 0.95, "zhongshan", UMBER, dict(cloth=(0.55, 0.51, 0.46), glasses="round", smile=0.6)),
    ("wen-nishu", "F", 67, "webp", "oval", 7, "bob", 0.35, "jacket", CELADON, dict(cloth=(0.53, 0.58, 0.53), glasses="square", frame=(0.34, 0.20, 0.18), smile=0.6, part=-1)),
    ("fang-lishi", "M", 86, "jpg", "square", -5, "side", 1.0, "sweater", RUST, dict(cloth=(0.58, 0.42, 0.34), smile=0.7, brow=1.3, part=-1)),
    ("yin-jiaxiang", "F", 78, "jpg", "heart", -7, "topbun", 0.85, "scarf", TEAL, dict(cloth=(0.47, 0.49, 0.50), scarf=(0.43, 0.55, 0.55), smile=0.7)),
    ("kong-cankao", "M", 82, "jpg", "long", 6, "back", 1.0, "tang", INDIGO, dict(cloth=(0.33, 0.38, 0.46), beard="goatee", glasses="round", smile=0.5)),
    ("maimaiti-yangli", "M", 70, "jpg", "square", -6, "doppa", 0.7, "suit", MOSS, dict(cloth=(0.38, 0.39, 0.35), beard="full", brow=1.6, complexion=0.35, smile=0.8, nose=1.15)),
    ("lu-yangban", "F", 65, "jpg", "round", 6, "soft", 0.1, "shirt", ROSE, dict(cloth=(0.84, 0.72, 0.68), smile=0.9)),
    ("wang-wei-1", "M", 73, "jpg", "oval", 5, "crew", 0.4, "zhongshan", INDIGO, dict(cloth=(0.36, 0.40, 0.48), smile=0.6, pen=True)),
    ("jin-moni", "M", 91, "jpg", "square", 5, "bald", 1.0, "jacket", GREY, dict(cloth=(0.45, 0.44, 0.43), smile=0.4, hollow=0.6, brow=1.3)),
    ("lin-shiyang", "F", 85, "png", "long", -5, "bun", 1.0, "cardigan", GREY, dict(cloth=(0.56, 0.54, 0.52), smile=0.5, glasses="round", frame=(0.36, 0.33, 0.30))),
]


def _person(row):
    name, sex, age, ending, face, turn, hair, grey, dress, accent, more = row
    person = dict(id=name, seed=seed_of(name), sex=sex, age=age, ending=ending, face=face, turn=turn, hair=hair,
                  grey=grey, dress=dress, accent=accent)
    person.update(more)
    return person


PEOPLE = [_person(row) for row in _ROWS]
BY_ID = {person["id"]: person for person in PEOPLE}
