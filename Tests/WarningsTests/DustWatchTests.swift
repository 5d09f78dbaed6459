import AQICore
import Testing

@testable import Warnings

/// Plan 一(三), after 环办监测〔2016〕120号: the six-hour rule proposes, a person decides.
@Suite("Warnings: proposals of dust hours") struct DustWatchTests {
    /// PM10 and PM2.5 in thousandths, nil where missing; which hours are proposed.
    private func proposed(_ hours: [(pm10: Int32?, pm25: Int32?)]) -> [Int] {
        var watch = DustWatch()
        return hours.indices.filter { place in
            var row = HourRow()
            if let value = hours[place].pm10 { row[.pm10] = Concentration(thousandths: value) }
            if let value = hours[place].pm25 { row[.pm25] = Concentration(thousandths: value) }
            return watch.take(row, at: Timeline.hour(Int32(place) + 1))
        }
    }

    private let before = [(pm10: Int32?, pm25: Int32?)](repeating: (100_000, 30_000), count: 6)

    @Test(arguments: [(199_999, false), (200_000, true)] as [(Int32, Bool)])
    func `dust begins at twice the mean of the six hours before`(pm10: Int32, isDust: Bool) {
        #expect(proposed(before + [(pm10, 30_000)]) == (isDust ? [6] : []))
    }

    @Test(arguments: [(150_000, false), (150_001, true)] as [(Int32, Bool)])
    func `and above 150`(pm10: Int32, isDust: Bool) {
        let clean = [(pm10: Int32?, pm25: Int32?)](repeating: (50_000, 10_000), count: 6)
        #expect(proposed(clean + [(pm10, 10_000)]) == (isDust ? [6] : []))
    }

    @Test(arguments: [(110_001, [6, 7]), (110_000, [6])] as [(Int32, [Int])])
    func `it ends with the hour before PM10 is back within 110 percent of that mean`(pm10: Int32, hours: [Int]) {
        #expect(proposed(before + [(300_000, 30_000), (pm10, 30_000)]) == hours)
    }

    @Test(arguments: [(149_999, true), (150_000, false)] as [(Int32, Bool)])
    func `only with PM2_5 below half of PM10: haze is no dust`(pm25: Int32, isDust: Bool) {
        #expect(proposed(before + [(300_000, pm25)]) == (isDust ? [6] : []))
    }

    @Test func `a missing value proposes nothing and ends nothing`() {
        #expect(proposed(before + [(300_000, 30_000), (nil, 30_000), (300_000, nil), (300_000, 30_000)]) == [6, 9])
    }

    @Test(arguments: [(2, [6]), (3, [])] as [(Int, [Int])])
    func `four of the six hours must be known, and there must be six`(missing: Int, hours: [Int]) {
        var gappy = before
        for place in 0..<missing { gappy[place + 1].pm10 = nil }
        #expect(proposed(gappy + [(300_000, 30_000)]) == hours)
        #expect(proposed(Array(before.prefix(5)) + [(300_000, 30_000)]).isEmpty)
    }

    @Test
    func `the office proposes, an operator sets and clears with who and why, and only then the hours do not count`()
        throws
    {
        var office = WarningOffice(plan: .langfang2019, people: OfficeTests.people)
        var ledger: [LedgerLine] = []
        for hour in 1...30 as ClosedRange<Int32> {
            var row = Timeline.row(pm25: 60_000)
            row[.pm10] = Concentration(thousandths: hour > 24 ? 900_000 : 120_000)
            ledger += office.step(row, at: Timeline.hour(hour)).ledger
        }
        #expect(office.state.dustProposals.ranges == [.init(first: Timeline.hour(25), last: Timeline.hour(30))])
        #expect(ledger.count { $0.kind == .dustProposed } == 1)
        let counted = office.engine.latestIndex24
        #expect(counted.index != nil && office.engine.dust.isEmpty)

        let (hours, time) = (Timeline.hour(25)...Timeline.hour(30), Timeline.hour(30).endingLabel + 60)
        #expect(throws: Refusal.unknownPerson("nobody", known: OfficeTests.people.map(\.name))) {
            try office.setDust(hours, true, by: "nobody", reason: "dust", at: time)
        }
        let set = try office.setDust(hours, true, by: "watch", reason: "沙尘暴", at: time)
        #expect(set.ledger.first?.person == "watch" && set.ledger.first?.reason == "沙尘暴")
        #expect(office.state.dustProposals.isEmpty && office.engine.latestIndex24 != counted)
        _ = try office.setDust(hours, false, by: "watch", reason: "haze after all", at: time)
        #expect(office.engine.latestIndex24 == counted && office.engine.dust.isEmpty)
    }

    @Test func `dust that cannot be is refused`() {
        var office = WarningOffice(plan: .langfang2019, people: OfficeTests.people)
        let now = Timeline.hour(2000)
        for hours in [
            Hour(start: .min)...Hour(start: .max), now...(now + 31 * 24), (now - 60 * 24 - 1)...now - 60 * 24,
            (now + 241)...(now + 242),
        ] {
            #expect(throws: Refusal.badHours) {
                try office.setDust(hours, true, by: "watch", reason: "x", at: now.beginning)
            }
        }
    }

    @Test func `sets of hours join, part and forget`() {
        func hours(_ first: Int32, _ last: Int32) -> ClosedRange<Hour> { Hour(start: first)...Hour(start: last) }
        // Against a plain set, all pairs of short ranges.
        for a in 0..<6 as Range<Int32> {
            for b in a..<6 {
                for c in 0..<6 as Range<Int32> {
                    for d in c..<6 {
                        for isIn in [true, false] {
                            var ranges = HourRanges()
                            ranges.insert(hours(a, b))
                            var plain = Set(a...b)
                            if isIn { ranges.insert(hours(c, d)) } else { ranges.remove(hours(c, d)) }
                            plain = isIn ? plain.union(c...d) : plain.subtracting(c...d)
                            #expect((0..<6).allSatisfy { ranges.contains(Hour(start: $0)) == plain.contains($0) })
                            let edges = zip(ranges.ranges, ranges.ranges.dropFirst())
                            #expect(edges.allSatisfy { $0.last + 1 < $1.first })
                        }
                    }
                }
            }
        }
    }
}
