import AQICore
import TestSupport
import Testing

@testable import Warnings

/// What the engine remembers: bounded, and the same whatever the way by which it came to know.
@Suite("Warnings: the hours that are remembered") struct ObservedHoursTests {
    private func row(_ random: inout SeededRandom) -> HourRow {
        var row = HourRow()
        for pollutant in Pollutant.allSix where !random.chance(7) {
            let highest = [900, 900, 1200, 900, 90, 300][pollutant.index]
            row[pollutant] = Concentration(thousandths: Int32(random.integer(0...highest)) * 1000)
        }
        return row
    }

    @Test func `three years take no more memory than two months do, a gap of years none`() {
        var hours = ObservedHours(plan: .langfang2019)
        var most = 0
        for hour in 0..<26_280 as Range<Int32> {
            _ = hours.append(
                Timeline.row(pm25: hour % 700 < 60 ? 260_000 : 20_000), at: Hour(start: hour), needed: nil)
            most = max(most, hours.index24.count)
        }
        #expect(most <= Int(2 * ObservedHours.memory) + 1)
        _ = hours.append(HourRow(), at: Hour(start: 900_000), needed: nil)
        #expect(hours.index24.count <= Int(ObservedHours.longestMemory) + 1)
        #expect(hours.last == Hour(start: 900_000))
    }

    @Test func `what a warning or a spell still needs is kept longer, but never beyond a year`() {
        var hours = ObservedHours(plan: .langfang2019)
        for hour in 0..<20_000 as Range<Int32> {
            _ = hours.append(HourRow(), at: Hour(start: hour), needed: Hour(start: 100))
            if hour == 5000 { #expect(hours.first.map { $0 <= Hour(start: 100) } == true) }
        }
        #expect(hours.index24.count <= Int(ObservedHours.longestMemory + ObservedHours.memory))
    }

    @Test func `hours put right, and dust set and cleared, leave what a fresh start would have made of it`() {
        for seed in 1...20 as ClosedRange<UInt64> {
            var random = SeededRandom(seed: seed)
            var rows = (0..<120).map { _ in row(&random) }
            // Over the change of editions.
            let first = Hour(start: 1_772_294_400 / 3600 - 60)
            var hours = ObservedHours(plan: .langfang2019)
            for (place, row) in rows.enumerated() { _ = hours.append(row, at: first + Int32(place), needed: nil) }
            for _ in 0..<12 {
                let place = random.integer(0...119)
                if random.chance(50) {
                    rows[place] = row(&random)
                    hours.revise(rows[place], at: first + Int32(place))
                } else {
                    let end = min(119, place + random.integer(0...20))
                    hours.setDust(first + Int32(place)...first + Int32(end), random.chance(60))
                }
                var fresh = ObservedHours(plan: .langfang2019)
                for range in hours.dust.ranges { fresh.setDust(range.first...range.last, true) }
                for (place, row) in rows.enumerated() { _ = fresh.append(row, at: first + Int32(place), needed: nil) }
                #expect(fresh.index24 == hours.index24 && fresh.indexHour == hours.indexHour, "seed \(seed)")
                #expect(fresh.newestSpellFirst == hours.newestSpellFirst && fresh.spellsBegin == hours.spellsBegin)
                let next = row(&random)
                var (one, other) = (fresh, hours)
                _ = one.append(next, at: first + 120, needed: nil)
                _ = other.append(next, at: first + 120, needed: nil)
                #expect(one.index24.last == other.index24.last, "seed \(seed)")
            }
        }
    }

    @Test func `a forecast far ahead does not depend on what is measured`() {
        var random = SeededRandom(seed: 3)
        var hours = ObservedHours(plan: .langfang2019)
        let first = Hour(start: 411_616)
        for place in 0..<60 as Range<Int32> { _ = hours.append(row(&random), at: first + place, needed: nil) }
        for shift in [-5, 1, 2, 30] as [Int32] {
            let rows = (0..<80).map { _ in row(&random) }
            let forecast = Forecast(issued: first.beginning, first: first + 59 + shift, rows: rows)
            let (joint, alone) = (hours.ahead(forecast, 70), hours.alone(forecast))
            for place in 23..<70 {
                let hour = first + 60 + Int32(place)
                let index = Int(hour - forecast.first)
                let expected = alone.indices.contains(index) ? alone[index] : .unknown
                if hour <= forecast.last { #expect(joint[place] == expected, "shift \(shift), +\(place + 1)") }
            }
        }
    }
}
