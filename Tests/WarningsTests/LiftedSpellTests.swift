import AQICore
import Testing

@testable import Warnings

/// Contract, `warnings replay`: "`starts`, `ends`, `primary`: ... of a lift: the warning's own [spell]: its first heavy hour less
/// 23 h", as it came, not as it was foreseen at the issue.
@Suite("Warnings: the spell of a lift") struct LiftedSpellTests {
    @Test func `a lift names the first heavy hour that really came`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        // Foreseen: heavy from 86 on. It comes at 70, and stays until 100.
        city.hour(20, foreseeing: [(20, 60), (201, 30), (20, 80)])
        city.comeTrue(44)
        city.hour(201, foreseeing: [(201, 30)])
        city.comeTrue(30)
        city.hour(20, foreseeing: [(20, 40)])
        #expect(city.log == ["25 issued yellow", "101 lifted yellow"])
        #expect(city.events[0].spell?.first == Timeline.hour(86))
        #expect(city.events[1].spell == Spell(first: Timeline.hour(70), last: Timeline.hour(100)))
    }

    @Test func `a lift names the first heavy hour also where the spell came later than foreseen`() {
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.hour(20, foreseeing: [(20, 30), (201, 48), (20, 80)])
        city.hour(20, foreseeing: [(20, 50), (201, 30), (20, 80)])
        city.comeTrue(81)
        #expect(city.log == ["25 issued yellow", "107 lifted yellow"])
        #expect(city.events[1].spell == Spell(first: Timeline.hour(77), last: Timeline.hour(106)))
    }
}
