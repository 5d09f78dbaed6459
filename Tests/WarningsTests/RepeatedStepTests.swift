import AQICore
import Testing

@testable import Warnings

/// Contract 7: "At most one action an hour", also where an hour comes again, as a late one of a live feed does.
@Suite("Warnings: an hour that comes again") struct RepeatedStepTests {
    @Test func `an hour that is not new decides nothing`() {
        var city = Timeline(.langfang2019)
        city.exactly([(201, 44)])
        // Hour 45 lifts, and hour 46 is to give the next spell its own warning.
        city.hour(20, foreseeing: [(20, 50), (201, 48), (20, 40)])
        #expect(city.log == ["44 issued yellow", "45 lifted yellow"])
        var again = city.engine
        #expect(again.step(Timeline.row(pm25: 0), at: Timeline.hour(45)) == [])
        var older = city.engine
        #expect(older.step(Timeline.row(pm25: 0), at: Timeline.hour(3)) == [])
    }
}
