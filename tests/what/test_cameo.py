"""The CAMEO code beside the PLOVER type, and its Goldstein value."""

from importlib.resources import files

import pytest
import yaml

from tests.conftest import Coder
from watchfloor.goldstein import goldstein

CASES = """
1831 ASSAULT   A suicide bomber killed four soldiers in Kandahar.
1832 ASSAULT   A car bomb exploded outside the bank in Kabul, killing six people.
1833 ASSAULT   A roadside bomb killed two policemen near Quetta.
183  ASSAULT   A bomb exploded in a market in Kabul.
195  ASSAULT   Army helicopters bombed the town of Bria.
193  ASSAULT   Gunmen shot dead two engineers in Quetta.
194  ASSAULT   Artillery shelling killed nine people in Kharkiv.
181  ASSAULT   Rebels kidnapped three engineers near Goma.
175  ASSAULT   Police fired tear gas at the crowd in Nairobi.
1823 ASSAULT   A mob beat a man to death in Lagos.
1712 ASSAULT   Rebels set fire to a school in Goma.
190  ASSAULT   The rebels and the army clashed near Goma on Monday.
185  ASSAULT   Gunmen tried to assassinate the governor of Lagos.
192  ASSAULT   Rebels seized the town of Goma.
1383 THREATEN  Militants threatened to kill the engineers.
1384 THREATEN  Iran threatened to attack Israel.
138  THREATEN  The army threatened military action against the rebels.
1312 THREATEN  The United States threatened sanctions against Iran.
139  THREATEN  Ghana issued an ultimatum to Togo.
161  SANCTION  France expelled two Russian diplomats.
163  SANCTION  The European Union imposed sanctions on Belarus.
164  SANCTION  Kenya suspended talks with Somalia.
1663 SANCTION  Sudan expelled two aid agencies.
1311 SANCTION  The company will cut off aid to Sudan.
042  CONSULT   The foreign minister of Ghana visited Togo on Monday.
043  CONSULT   The president of Togo hosted the foreign minister of Ghana on Monday.
041  CONSULT   The foreign ministers of Ghana and Togo spoke by telephone on Monday.
045  CONSULT   Qatar mediated between Chad and the rebels on Monday.
046  CONSULT   Ghana and Togo held talks in Accra on Monday.
040  CONSULT   The delegation met officials in Accra on Monday.
036  CONSULT   The foreign minister of Ghana will visit Togo next week.
0334 AGREE     Kenya pledged to send 40 guards to the port.
0333 AGREE     Japan agreed to provide food to Sudan.
0353 AGREE     The rebels agreed to release three engineers.
0314 AGREE     Kenya and Ethiopia agreed to cooperate on intelligence.
0253 REQUEST   Chad urged Sudan to release three engineers.
0234 REQUEST   The embassy asked the ministry for more guards.
026  REQUEST   Chad called on Sudan to hold talks.
1041 REQUEST   The opposition demanded the resignation of the president.
106  REQUEST   The union demanded talks with the government of Peru.
1056 REQUEST   The United Nations demanded a ceasefire in Sudan.
1224 REJECT    The ministry rejected the demand for more guards.
126  REJECT    Sudan rejected mediation by Qatar.
125  REJECT    Iran refused to hold talks with the United States.
129  REJECT    The United States vetoed the resolution.
1121 ACCUSE    The minister accused the rebels of extortion.
1123 ACCUSE    The minister accused Sudan of attacking villages.
111  ACCUSE    France condemned the attack in Goma.
091  ACCUSE    Police investigated the killing of two engineers.
115  ACCUSE    The company sued the ministry in Lima.
1412 PROTEST   Thousands of people demonstrated in Lyon against the pension law.
143  PROTEST   Thousands of workers in Lyon went on strike on Monday.
1423 PROTEST   Prisoners began a hunger strike in Lima to demand their rights.
144  PROTEST   Villagers blocked the road to the mine in Peru.
145  PROTEST   Youths rioted in Dakar.
133  PROTEST   Workers plan to go on strike next week in Lyon.
154  MOBILIZE  Chad deployed troops to the border.
151  MOBILIZE  Police in Lima were placed on high alert.
150  MOBILIZE  North Korea held a military exercise on Monday.
173  COERCE    Police in Lagos arrested three men.
1711 COERCE    Police seized weapons in Lagos.
1723 COERCE    The government imposed a curfew in Lagos.
1724 COERCE    The government declared a state of emergency in Peru.
174  COERCE    Turkey deported three journalists.
1721 COERCE    The government banned the newspaper in Lima.
073  AID       Japan donated four ambulances to the clinic in Beni.
072  AID       The United States delivered weapons to Ukraine.
071  AID       The World Bank granted a loan to Ghana.
064  COOPERATE Ghana and Togo shared intelligence on smugglers.
057  SUPPORT   Kenya and Uganda signed a trade agreement.
051  SUPPORT   Ghana praised the Kenyan offer.
054  SUPPORT   Spain recognized the state of Palestine.
055  CONCEDE   The governor apologized to the union.
0813 CONCEDE   The government lifted the curfew in Lagos.
0841 RETREAT   The rebels released three engineers in Goma.
0871 RETREAT   The rebels and the army observed a ceasefire.
0874 RETREAT   Forty rebels surrendered to the army in Goma.
0831 RETREAT   The minister resigned after protests in Lima.
153  PROTECT   Police tightened security around the port of Lagos.
074  PROTECT   Peacekeepers escorted the convoy to Goma.
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_the_code_is_as_fine_as_the_sentence_allows(code: Coder, case: str) -> None:
    expected, kind, text = case.split(maxsplit=2)
    assert (kind, expected) in {(e.type, e.cameo) for e in code(text).events}


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("The army denied that it had attacked the village.", "ASSAULT", "denied"),
        ("Militants threatened to kill the engineers.", "ASSAULT", "possible"),
        ("Nine people drowned when a ferry capsized off Zanzibar.", "HARM", "happened"),
    ],
)
def test_what_cameo_has_no_code_for_has_none(
    code: Coder, text: str, kind: str, status: str
) -> None:
    found = [e for e in code(text).events if (e.type, e.status) == (kind, status)]
    assert found
    assert all(e.cameo is None for e in found)


def test_every_code_of_the_table_is_one_of_cameos() -> None:
    data = files("watchfloor.data")
    known = {
        line.split("\t")[0]
        for line in data.joinpath("cameo_codes.tsv").read_text(encoding="utf-8").splitlines()
    }
    table = yaml.safe_load(data.joinpath("what_cameo.yaml").read_text(encoding="utf-8"))
    topics = [
        code
        for rows in table["topics"].values()
        for row in rows
        for column, code in row.items()
        if column not in {"words", "default", "for"}
    ]
    codes = [row["code"] for rows in table["rows"].values() for row in rows]
    aims = [row["for"] for row in table["topics"]["change"] if "for" in row]
    aimed = [row["code"] + aim for row in table["rows"]["PROTEST"] if row.get("purpose")
             for aim in aims]  # fmt: skip
    assert set(topics + codes + aimed) <= known
    assert len(set(topics + codes + aimed)) > 150


def test_a_code_has_the_value_that_was_published_for_it() -> None:
    assert (goldstein("1831"), goldstein("057"), goldstein("0874")) == (-10.0, 8.0, 10.0)
    assert goldstein("176") is None  # newer than the published table
    assert goldstein(None) is None
