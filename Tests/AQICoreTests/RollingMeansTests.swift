import AQICore
import TestSupport
import Testing

@Suite("AQICore: rolling means of many channels") struct RollingMeansTests {
    private func row(_ values: [Concentration]) -> [Lanes] {
        stride(from: 0, to: values.count, by: 16).map { start in
            var lanes = Lanes(repeating: Concentration.missing(.absent).packed)
            for lane in 0..<min(16, values.count - start) { lanes[lane] = values[start + lane].packed }
            return lanes
        }
    }

    private func value(_ random: inout SeededRandom) -> Concentration {
        switch random.integer(0...99) {
        case 0..<12: .missing(.fault)
        case 12..<14: Concentration(thousandths: 2_000_000_000)
        case 14: Concentration(thousandths: 89_478_484 * (random.chance(50) ? 1 : -1))
        case 15: Concentration(thousandths: 89_478_485 * (random.chance(50) ? 1 : -1))
        case 16: Concentration(thousandths: .min + 64)
        case 17..<30: Concentration(thousandths: Int32(random.integer(-10...10)))
        default: Concentration(thousandths: Int32(random.integer(-10_000...900_000)))
        }
    }

    @Test(arguments: 1...67)
    func `any number of channels has the means that each has alone`(channelCount: Int) throws {
        var random = SeededRandom(seed: UInt64(channelCount))
        let hours = Int32(channelCount % 24 + 1)
        let needed = Int32(random.integer(1...Int(hours)))
        var means = try RollingMeans(channelCount: channelCount, hours: hours, hoursNeeded: needed)
        var history: [Int: [Concentration]] = [:]
        var hour = Hour(start: 400_000)
        // Anything; small numbers, of which many means are ties; the largest that 32 bits still add up.
        let kind = channelCount % 3
        for step in 0..<60 {
            // Now and then hours are left out, once more of them than the window holds.
            if step > 0 { hour = hour + (step == 40 ? 30 : random.chance(8) ? Int32(random.integer(2...4)) : 1) }
            let values = (0..<channelCount).map { _ in
                switch kind {
                case 0: value(&random)
                case 1: Concentration(thousandths: Int32(random.integer(-5...20)))
                default:
                    Concentration(
                        thousandths: (channelCount < 34 ? 1 : -1) * Int32(random.integer(89_478_470...89_478_484)))
                }
            }
            history[Int(hour.start)] = values
            try means.advance(to: hour, row(values).span)
            var output = [Lanes](repeating: Lanes(repeating: 7), count: means.groupCount)
            var span = output.mutableSpan
            try means.means(into: &span)
            for channel in 0..<channelCount {
                var fresh = Mean()
                for age in 0..<Int(hours) {
                    if let then = history[Int(hour.start) - age] { fresh.add(then[channel]) }
                }
                #expect(
                    means.mean(of: channel) == fresh,
                    "\(channelCount) channels (the seed), step \(step), channel \(channel)")
                let wanted =
                    fresh.count >= needed
                    ? Concentration(thousandths: fresh.rounded(toStep: 1)) : .missing(.insufficient)
                #expect(
                    Concentration(packed: output[channel / 16][channel % 16]) == wanted,
                    "\(channelCount) channels (the seed), step \(step), channel \(channel), \(fresh)")
            }
        }
    }

    @Test func `sums after ten years of adding and taking away are those added up anew, bit for bit`() throws {
        let seed: UInt64 = 10
        var random = SeededRandom(seed: seed)
        var means = try RollingMeans(channelCount: 6, hours: 24, hoursNeeded: 20)
        var station = StationWindows()
        var recent: [HourRow] = []
        var hour = Hour(start: 400_000)
        for step in 0..<10 * 8766 {
            var hourRow = HourRow()
            for pollutant in Pollutant.allSix { hourRow[pollutant] = value(&random) }
            var lanes = Lanes(repeating: Concentration.missing(.absent).packed)
            for place in 0..<6 { lanes[place] = hourRow.lanes[place] }
            try means.advance(to: hour, [lanes].span)
            try station.advance(to: hour, hourRow)
            hour = hour + 1
            if step >= 10 * 8766 - 24 { recent.append(hourRow) }
        }
        for pollutant in Pollutant.allSix {
            var fresh = Mean()
            for hourRow in recent { fresh.add(hourRow[pollutant]) }
            #expect(means.mean(of: pollutant.index) == fresh, "seed \(seed)")
            #expect(station.mean24(pollutant) == fresh, "seed \(seed)")
        }
    }

    @Test func `no channels, no window, a row of another width and a step back in time are told and change nothing`()
        throws
    {
        #expect(throws: LaneError.noChannels) { try RollingMeans(channelCount: 0, hours: 24, hoursNeeded: 20) }
        #expect(throws: LaneError.noChannels) { try RollingMeans(channelCount: -1, hours: 24, hoursNeeded: 20) }
        for (hours, needed) in [(0, 1), (25, 20), (8, 0), (8, 9)] as [(Int32, Int32)] {
            #expect(throws: LaneError.badWindow(hours: hours, hoursNeeded: needed)) {
                try RollingMeans(channelCount: 1, hours: hours, hoursNeeded: needed)
            }
        }
        var means = try RollingMeans(channelCount: 17, hours: 8, hoursNeeded: 6)
        let row = [Lanes](repeating: Lanes(repeating: 1000), count: 2)
        let hour = Hour(start: 10)
        try means.advance(to: hour, row.span)
        #expect(throws: LaneError.wrongWidth(have: 1, need: 2)) { try means.advance(to: hour + 1, [row[0]].span) }
        for earlier in [hour, hour - 1] {
            #expect(throws: LaneError.notLater(last: hour, given: earlier)) { try means.advance(to: earlier, row.span) }
        }
        #expect(means.mean(of: 16) == Mean(sum: 1000, count: 1))
        #expect(means.last == hour)
    }
}
