import AQICore
import TestSupport
import Testing

@Suite("AQICore: hours that come late") struct StationHoursTests {
    private func row(_ random: inout SeededRandom) -> HourRow {
        var row = HourRow()
        for pollutant in Pollutant.allSix where !random.chance(20) {
            row[pollutant] = Concentration(thousandths: Int32(random.integer(-5000...400_000)))
        }
        return row
    }

    /// The windows of an hour made from all hours up to it, from nothing.
    private func fresh(_ rows: [HourRow], first: Hour, upTo hour: Hour) throws -> StationWindows {
        var windows = StationWindows()
        for offset in 0...Int(hour - first) { try windows.advance(to: first + Int32(offset), rows[offset]) }
        return windows
    }

    private func reports(_ windows: StationWindows) -> [IndexReport] {
        [.realtime, .running24, .daily].map { windows.report($0, edition: .hj633Of2012) }
    }

    @Test(arguments: 1...40 as ClosedRange<UInt64>)
    func `a revised hour leaves everything as if it had come in time, and names every hour that it touches`(
        seed: UInt64
    ) throws {
        var random = SeededRandom(seed: seed)
        let first = Hour(start: Int32(random.integer(-50...400_000)))
        let count = random.integer(1...260)
        var rows: [HourRow] = []
        var hours = StationHours()
        for offset in 0..<count {
            rows.append(row(&random))
            // Hours that did not come at all are missing until they come late.
            if offset + 1 < count, random.chance(10) {
                rows[offset] = HourRow()
            } else {
                try hours.advance(to: first + Int32(offset), rows[offset])
            }
        }
        let last = first + Int32(count - 1)
        for _ in 0..<12 {
            let age = Int32(random.integer(0...min(count - 1, 167)))
            let revised = last - age
            let correction = row(&random)
            let isSame = rows[Int(revised - first)] == correction
            rows[Int(revised - first)] = correction
            var touched: [Hour] = []
            let changed = try hours.revise(revised, correction) { hour, windows in
                touched.append(hour)
                let wanted = try? fresh(rows, first: first, upTo: hour)
                #expect(wanted.map(reports) == reports(windows), "seed \(seed), hour \(hour.start)")
            }
            #expect(changed == !isSame)
            #expect(touched.map(\.start) == (isSame ? [] : Array(revised.start...min(last.start, revised.start + 30))))
            #expect(reports(hours.windows) == reports(try fresh(rows, first: first, upTo: last)), "seed \(seed)")
            #expect(hours.row(at: revised) == correction && hours.last == last)
            // The same again is nothing new.
            let again = try hours.revise(revised, correction) { _, _ in Issue.record("seed \(seed): called again") }
            #expect(!again)
        }
        // What comes next stands on the revised hours.
        rows.append(row(&random))
        try hours.advance(to: last + 1, rows[count])
        #expect(reports(hours.windows) == reports(try fresh(rows, first: first, upTo: last + 1)), "seed \(seed)")
    }

    @Test func `hours that are not there yet or too long ago are refused and change nothing`() throws {
        var hours = StationHours()
        let hour = Hour(start: 1000)
        #expect(throws: WindowError.notYet(last: nil, given: hour)) { try hours.revise(hour, HourRow()) { _, _ in } }
        var clean = HourRow()
        clean[.pm25] = Concentration(thousandths: 5000)
        try hours.advance(to: hour, clean)
        #expect(throws: WindowError.notYet(last: hour, given: hour + 1)) {
            try hours.revise(hour + 1, clean) { _, _ in }
        }
        #expect(throws: WindowError.tooOld(oldest: hour - 167, given: hour - 168)) {
            try hours.revise(hour - 168, clean) { _, _ in }
        }
        #expect(throws: WindowError.notLater(last: hour, given: hour)) { try hours.advance(to: hour, clean) }
        #expect(hours.windows.mean24(.pm25) == Mean(sum: 5000, count: 1))
        // The oldest that may come, before anything was measured.
        #expect(try hours.revise(hour - 167, clean) { _, _ in })
        #expect(hours.windows.mean24(.pm25) == Mean(sum: 5000, count: 1))
    }

    @Test func `a gap longer than what is kept leaves nothing of the old hours`() throws {
        var hours = StationHours()
        var clean = HourRow()
        clean[.pm25] = Concentration(thousandths: 5000)
        for offset in 0..<300 as Range<Int32> { try hours.advance(to: Hour(start: offset), clean) }
        try hours.advance(to: Hour(start: 1000), clean)
        for offset in 802..<1000 as Range<Int32> { #expect(hours.row(at: Hour(start: offset)) == HourRow()) }
        #expect(hours.windows.mean24(.pm25) == Mean(sum: 5000, count: 1))
    }
}
