"""The label sets of the reader, and how other people's labels map onto them."""

from __future__ import annotations

TYPES = (
    "none AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN "
    "PROTEST SANCTION MOBILIZE COERCE ASSAULT PROTECT HARM"
).split()
ROLES = "none actor recipient victim target instrument place date".split()
STATUSES = "happened ongoing planned possible attempted denied".split()
CUE_TAGS = "outside begin inside".split()
PARTS = "none source content".split()
#: PLOVER's modes of all types together, less none; a mode's name means the same in each type.
MODES = (
    "none visit third-party multilateral phone withdraw release disarm ceasefire access resign "
    "assist change yield meet disapprove investigate allege restrict arrest relations expel "
    "territory violence demo riot strike hunger boycott obstruct vandalize convict discontinue "
    "troops weapons police militia seize censor curfew martial-law deport withhold misinformation "
    "cyber abduct beat torture sexual targeted destroy primitive firearms explosives "
    "suicide-attack aerial drone heavy-weapons crowd-control unconventional"
).split()

#: KAIROS types (first two levels) that stand for one of ours. Others are left open.
KAIROS = {
    "Conflict.Attack": "ASSAULT",
    "Conflict.Demonstrate": "PROTEST",
    "Life.Die": "ASSAULT",
    "Life.Injure": "ASSAULT",
    "Justice.ArrestJailDetain": "COERCE",
    "Justice.ChargeIndict": "ACCUSE",
    "Justice.InvestigateCrime": "ACCUSE",
    "Justice.TrialHearing": "ACCUSE",
    "Justice.Convict": "SANCTION",
    "Justice.Sentence": "SANCTION",
    "Justice.ReleaseParole": "RETREAT",
    "Contact.RequestCommand": "REQUEST",
    "Contact.ThreatenCoerce": "THREATEN",
    "Disaster.Crash": "HARM",
    "Disaster.DiseaseOutbreak": "HARM",
    "Life.Infect": "HARM",
}
#: What WikiEvents annotates throughout: a token it leaves bare is none of these.
KAIROS_ASKED = {"ASSAULT", "PROTEST", "COERCE"}

#: PLOVER's older names, as the gold records and PLV have them.
PLOVER_NOW = {
    "DEMAND": ("REQUEST",),
    "FIGHT": ("ASSAULT",),
    "DISAPPROVE": ("ACCUSE",),
    "INVESTIGATE": ("ACCUSE",),
    "YIELD": ("CONCEDE", "RETREAT"),
}

#: Word beginnings that name the act of a MUC-4 incident type.
MUC_TRIGGERS = {
    "ATTACK": "attack kill murder assassinat shot shoot ambush massacr gunn machinegun fire raid",
    "BOMBING": "bomb explo blew blow dynamit detonat attack blast",
    "KIDNAPPING": "kidnap abduct hostage seiz",
    "ARSON": "burn fire torch",
    "ROBBERY": "rob stole steal",
    "HIJACKING": "hijack",
}
MUC_ROLES = {
    "PERP: INDIVIDUAL ID": "actor",
    "PERP: ORGANIZATION ID": "actor",
    "HUM TGT: NAME": "victim",
    "HUM TGT: DESCRIPTION": "victim",
    "PHYS TGT: ID": "target",
    "INCIDENT: INSTRUMENT ID": "instrument",
}
#: Factuality (-3 to 3, UDS-IH2) to the statuses it leaves possible.
CERTAIN, UNREAL = 2.0, -2.0

#: What the heads for trees tell apart: Penn tags, universal parts of speech and dependencies, as
#: the parser that they learn from names them.
TAGS = (
    "$ '' , -LRB- -RRB- . : ADD AFX CC CD DT EX FW HYPH IN JJ JJR JJS LS MD NFP NN NNP NNPS NNS "
    "PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB XX _SP ``"
).split()
PARTS_OF_SPEECH = (
    "ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SPACE SYM VERB X"
).split()
DEPENDENCIES = (
    "ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj "
    "csubj csubjpass dative dep det dobj expl intj mark meta neg nmod npadvmod nsubj nsubjpass "
    "nummod oprd parataxis pcomp pobj poss preconj predet prep prt punct quantmod relcl xcomp"
).split()
