import AQICore
import Testing

@testable import Warnings

/// "What each hour decides", 3 and 4; Plan 四(一). `A` is known from the 20th hour on, so that constant air is heavy from hour 20
/// and holds its n-th day at hour 20 + 24 (n - 1).
@Suite("Warnings: levels") struct LevelTests {
    /// The log of constant air.
    private func constant(_ index: Int32, _ plan: WarningPlan) -> [String] {
        var city = Timeline(plan)
        city.exactly([(index, 200)])
        return city.log
    }

    @Test func `Langfang warns of two and three days above 200, and not of 200`() {
        #expect(constant(200, .langfang2019) == [])
        #expect(constant(201, .langfang2019) == ["44 issued yellow", "68 upgraded orange"])
    }

    @Test func `Langfang's red needs four days above 200 of which two are above 300`() {
        #expect(constant(300, .langfang2019) == ["44 issued yellow", "68 upgraded orange"])
        #expect(constant(301, .langfang2019) == ["44 issued yellow", "68 upgraded orange", "92 upgraded red"])
    }

    @Test func `one daily mean of 500 is red in Langfang, 499 is not`() {
        #expect(constant(499, .langfang2019) == constant(301, .langfang2019))
        #expect(constant(500, .langfang2019) == ["20 issued red"])
    }

    @Test func `the national plan warns of two and three days above 150, and not of 150`() {
        #expect(constant(150, .national2024) == [])
        for index: Int32 in [151, 200] {
            #expect(constant(index, .national2024) == ["44 issued yellow", "68 upgraded orange"])
        }
    }

    @Test func `the national plan warns of one and two days above 200`() {
        for index: Int32 in [201, 300] {
            #expect(constant(index, .national2024) == ["20 issued yellow", "44 upgraded orange"])
        }
    }

    @Test func `the national red needs three days above 200 of which one is above 300; 500 is nothing special`() {
        for index: Int32 in [301, 500] {
            #expect(constant(index, .national2024) == ["20 issued yellow", "44 upgraded orange", "68 upgraded red"])
        }
    }

    @Test func `a spell is counted while its last heavy hour is the present one, and no longer`() {
        var city = Timeline(.langfang2019)
        city.exactly([(201, 44), (20, 30)])
        #expect(city.log == ["44 issued yellow"])
        var shorter = Timeline(.langfang2019)
        shorter.exactly([(201, 43), (20, 30)])
        #expect(shorter.log == [])
    }

    @Test func `red ages: it is wanted only while hours above 300 are still to come`() {
        // Above 300 up to and including the hour at which the fourth day is full, and up to the hour before.
        var still = Timeline(.langfang2019)
        still.exactly([(301, 92), (250, 40)])
        #expect(still.log == ["44 issued yellow", "68 upgraded orange", "92 upgraded red"])
        var over = Timeline(.langfang2019)
        over.exactly([(301, 91), (250, 40)])
        #expect(over.log == ["44 issued yellow", "68 upgraded orange"])
        // The forecast brings such an hour back.
        var again = Timeline(.langfang2019)
        again.exactly([(301, 91)])
        again.hour(250, foreseeing: [(250, 30), (301, 1)])
        #expect(again.log.last == "92 upgraded red")
        #expect(again.events.last?.basis == .forecast)
    }

    @Test func `two days above 300 are 24 hours apart`() {
        for (before, isRed) in [(67, true), (68, false)] {
            // 301 at hour `before` + 1 and at hour 92.
            var city = Timeline(.langfang2019)
            city.exactly([(250, before), (301, 1), (250, 92 - before - 2), (301, 1), (250, 20)])
            #expect(city.log.contains("92 upgraded red") == isRed, "\(92 - before - 1) hours apart")
        }
    }

    @Test func `windows do not overlap: two heavy hours 24 apart are two days, 23 apart are one`() {
        for (apart, log) in [(24, ["25 issued yellow"]), (23, [])] as [(Int, [String])] {
            var city = Timeline(.langfang2019)
            city.exactly([(20, 24)])
            city.hour(20, foreseeing: [(20, 9), (201, 1), (20, apart - 1), (201, 1), (20, 60)])
            #expect(city.log == log, "\(apart) hours apart")
        }
    }

    @Test func `days are counted from the earliest hour on, not so that they are most`() {
        // Heavy at 1, 10, 34 after the present: from 1 the next is at 34; 10 and 34 would be two days as well, but 1 and 25...33
        // are not. From 1 to 34 only two fit, so orange is not met however one looks for a third.
        var city = Timeline(.langfang2019)
        city.exactly([(20, 24)])
        city.hour(20, foreseeing: [(201, 1), (20, 8), (201, 1), (20, 23), (201, 1), (20, 22), (201, 1), (20, 60)])
        #expect(city.log == ["25 issued yellow"])
        #expect(city.events.last?.evidence.days[200] == 2)
    }

    @Test func `a spell counts once its first window begins within 72 hours`() {
        // The first heavy hour 95 hours ahead, and 96.
        var near = Timeline(.langfang2019)
        near.exactly([(20, 24)])
        near.hour(20, foreseeing: [(20, 94), (201, 25), (20, 40)])
        #expect(near.log == ["25 issued yellow"])
        var far = Timeline(.langfang2019)
        far.exactly([(20, 24)])
        far.hour(20, foreseeing: [(20, 95), (201, 25), (20, 40)])
        #expect(far.log == [])
        far.comeTrue(1)
        #expect(far.log == ["26 issued yellow"])
    }

    @Test func `a level names its response and its signer`() {
        #expect(WarningLevel.allCases.map(\.response) == ["III", "II", "I"])
        #expect(WarningLevel.allCases.map(\.signer) == [.deputyCommander, .deputyCommander, .commander])
        #expect(WarningLevel.yellow < .orange && .orange < WarningLevel.red)
    }
}
