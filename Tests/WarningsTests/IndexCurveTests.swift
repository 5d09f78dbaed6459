import AQICore
import Testing

@testable import Warnings

@Suite("Warnings: the curve of A that screens draw") struct IndexCurveTests {
    @Test func `measured hours, then those foreseen, within what was asked for, with the bounds of the plan`() throws {
        var city = Timeline(.langfang2019)
        #expect(city.engine.outlook(hoursBack: 48, hoursAhead: 120).curve == nil)
        city.exactly([(90, 60), (nil, 5)])
        city.hour(120, foreseeing: [(250, 30), (130, 110)])
        let curve = try #require(city.engine.outlook(hoursBack: 48, hoursAhead: 120).curve)
        #expect(curve.now == Timeline.hour(66) && curve.first == Timeline.hour(18))
        #expect(curve.indices.count == 48 + 1 + 120)
        #expect(curve.indices[10] == 90 && curve.indices[48] == nil)
        // Hour 96 is the last one foreseen at 250: A follows measured hours and foreseen ones.
        #expect(curve.indices[48 + 30] == 250 && curve.indices[48 + 31] == 130)
        #expect(curve.bounds == [200, 300, 500])
        #expect(WarningPlan.national2024.bounds == [150, 200, 300])
        let short = try #require(city.engine.outlook(hoursBack: 1000, hoursAhead: 1).curve)
        #expect(short.first == Timeline.hour(1) && short.indices.count == 67)
    }

    @Test func `the spell of the warning in force is told as it is now, not as it was at the last decision`() throws {
        var city = Timeline(.langfang2019)
        #expect(city.engine.outlook(hoursBack: 48, hoursAhead: 120).spell == nil)
        city.exactly([(20, 24), (260, 90)])
        let inForce = try #require(city.engine.spellInForce)
        #expect(inForce.last < Timeline.hour(city.now))
        let now = try #require(city.engine.outlook(hoursBack: 48, hoursAhead: 120).spell)
        #expect(now.first == inForce.first && now.last == Timeline.hour(city.now))
    }
}
