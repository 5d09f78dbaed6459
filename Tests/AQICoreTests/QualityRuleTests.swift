import AQICore
import Testing

/// Each rule on both sides of each of its thresholds.
@Suite("AQICore: rules of suspect values") struct QualityRuleTests {
    private let first = Hour(start: 412_000)

    @Test func `a value beyond an end of its range is marked, one at the end is not`() throws {
        for pollutant in Pollutant.allSix {
            let both = QualityCase(pollutant) { ($0.lowest, $0.highest) = (1000, 500_000) }
            #expect(try both.marked(.range, [999, 1000, 1001, 499_999, 500_000, 500_001]) == [0, 5])
            #expect(try QualityCase(pollutant) { $0.highest = 0 }.marked(.range, [-1, 0, 1]) == [2])
            #expect(try QualityCase(pollutant) { $0.lowest = -5 }.marked(.range, [-6, -5, .max]) == [0])
        }
    }

    @Test func `a value below zero is marked where noise does not explain it`() throws {
        for pollutant in Pollutant.allSix {
            #expect(
                try QualityCase(pollutant) { $0.noise = 3000 }.marked(.negative, [-3001, -3000, -2999, 0, 3001]) == [0])
            #expect(try QualityCase(pollutant) { $0.noise = 0 }.marked(.negative, [-1, 0, 1]) == [0])
        }
        #expect(try QualityCase { $0.noise = .max }.marked(.negative, [.min + 64]) == [])
    }

    @Test(arguments: 2...24 as ClosedRange<Int32>)
    func `a line is flat from its n-th hour on, for as long as it lasts`(hours: Int32) throws {
        let flat = QualityCase { $0.flatHours = hours }
        let line = [Int32?](repeating: 7000, count: Int(hours) + 3)
        #expect(
            try flat.marked(.flatLine, [7001] + line + [7001]) == [
                Int(hours), Int(hours) + 1, Int(hours) + 2, Int(hours) + 3,
            ])
        #expect(try flat.marked(.flatLine, Array(line.prefix(Int(hours) - 1)) + [7001]) == [])
    }

    @Test func `the values of a flat line lie within its tolerance, all of them together`() throws {
        let flat = QualityCase { ($0.flatHours, $0.flatTolerance) = (4, 100) }
        #expect(try flat.marked(.flatLine, [5000, 5100, 5050, 5000]) == [3])
        #expect(try flat.marked(.flatLine, [5000, 5101, 5050, 5000]) == [])
        // A slow drift never lies within 100 for four hours, though each step does.
        #expect(try flat.marked(.flatLine, [5000, 5050, 5100, 5150, 5200, 5250]) == [])
        #expect(try flat.marked(.flatLine, [0, 5000, 5100, 5000, 5100, 5101]) == [4])
        #expect(try flat.marked(.flatLine, [.max, .min + 64, .max, .max, .max, .max]) == [5])
    }

    @Test func `missing hours neither count in a flat line nor end it`() throws {
        let flat = QualityCase { $0.flatHours = 4 }
        #expect(try flat.marked(.flatLine, [7, nil, 7, nil, 7, nil, 7]) == [6])
        #expect(try flat.marked(.flatLine, [7, 7, 7, nil, nil, nil]) == [])
        // Four values within eight hours, and one hour more.
        #expect(try flat.marked(.flatLine, [7, nil, nil, nil, nil, 7, 7, 7]) == [7])
        #expect(try flat.marked(.flatLine, [7, nil, nil, nil, nil, nil, 7, 7, 7]) == [])
    }

    @Test func `a spike rises by more than its step`() throws {
        let spike = QualityCase { ($0.spikeStep, $0.spikeFactor) = (100_000, 0) }
        #expect(try spike.marked(.spike, [20_000, 20_000, 20_000, 120_000]) == [])
        #expect(try spike.marked(.spike, [20_000, 20_000, 20_000, 120_001]) == [3])
    }

    @Test func `and by more than its factor times the level before it`() throws {
        let spike = QualityCase { ($0.spikeStep, $0.spikeFactor) = (10_000, 2500) }
        // 20 + 2.5 * 20 = 70.
        #expect(try spike.marked(.spike, [20_000, 20_000, 20_000, 70_000]) == [])
        #expect(try spike.marked(.spike, [20_000, 20_000, 20_000, 70_001]) == [3])
        // A level at or below zero is none to be several times of.
        #expect(try spike.marked(.spike, [-5000, -5000, -5000, 5001]) == [3])
        #expect(try spike.marked(.spike, [0, 0, 0, 10_000]) == [])
        // The largest numbers there are.
        #expect(try spike.marked(.spike, [.min + 64, .min + 64, .min + 64, .max]) == [3])
        let large = QualityCase { ($0.spikeStep, $0.spikeFactor) = (0, .max) }
        #expect(try large.marked(.spike, [1_000_000, 1_000_000, 1_000_000, .max]) == [])
    }

    @Test func `the level is the median of three valid values of the six hours before`() throws {
        let spike = QualityCase { ($0.spikeStep, $0.spikeFactor) = (100, 0) }
        for three in [[1, 50, 900], [1, 900, 50], [50, 1, 900], [50, 900, 1], [900, 1, 50], [900, 50, 1]] as [[Int32?]]
        {
            #expect(try spike.marked(.spike, three + [150]).last != 3)
            #expect(try spike.marked(.spike, three + [151]).last == 3)
        }
        // With fewer than three nothing is said; missing hours are passed over, but only six.
        #expect(try spike.marked(.spike, [0, 0, 500]) == [])
        #expect(try spike.marked(.spike, [0, nil, nil, 0, nil, 0, 500]) == [6])
        #expect(try spike.marked(.spike, [0, nil, nil, nil, 0, nil, 0, 500]) == [])
    }

    @Test func `a spike does not hide the next, and a new level is marked for two hours at most`() throws {
        let spike = QualityCase { ($0.spikeStep, $0.spikeFactor) = (100, 2000) }
        #expect(try spike.marked(.spike, [10, 10, 10, 500, 10, 10, 500, 500, 500, 500]) == [3, 6, 7])
    }

    @Test func `a drop is weather`() throws {
        let spike = QualityCase { ($0.spikeStep, $0.spikeFactor) = (0, 0) }
        #expect(try spike.marked(.spike, [500_000, 500_000, 500_000, 0, -10_000]) == [])
    }

    @Test func `PM2.5 above PM10 marks both, from beyond the tolerance on`() throws {
        var thresholds = QualityThresholds()
        thresholds.pm25AbovePM10 = 10_000
        for (pm25, pm10, isMarked) in [
            (30_000, 20_000, false), (30_001, 20_000, true), (20_000, 30_000, false), (-5000, -15_001, true),
            (nil, 20_000, false), (30_001, nil, false), (Int32.max, Int32.min + 64, true),
        ] as [(Int32?, Int32?, Bool)] {
            var check = QualityCheck(thresholds: thresholds)
            let marks = try check.examine(hourRow([pm25, pm10, 1, 1, 1, 1]), at: first)
            for pollutant in Pollutant.allSix {
                let isParticulate = pollutant == .pm25 || pollutant == .pm10
                #expect(marks[pollutant].rules == (isMarked && isParticulate ? [.particulateInversion] : []))
            }
        }
    }

    @Test func `NO2 above NOx marks NO2, and the rule rests where there is no NOx`() throws {
        var thresholds = QualityThresholds()
        thresholds.no2AboveNOx = 5000
        for (no2, nox, isMarked) in [
            (45_000, 40_000, false), (45_001, 40_000, true), (40_000, 45_001, false), (nil, 40_000, false),
            (45_001, nil, false),
        ] as [(Int32?, Int32?, Bool)] {
            var check = QualityCheck(thresholds: thresholds)
            let marks = try check.examine(
                hourRow([1, 1, 1, no2, 1, 1]), nox: nox.map(Concentration.init(thousandths:)) ?? .missing(.fault),
                at: first)
            #expect(marks[.no2].rules == (isMarked ? [.no2AboveNOx] : []))
            #expect([Pollutant.pm25, .pm10, .so2, .co, .o3].allSatisfy { marks[$0].isEmpty })
        }
    }

    @Test func `rules do not shut each other out`() throws {
        var thresholds = QualityThresholds()
        thresholds[.so2].highest = 100
        thresholds[.so2].lowest = -1
        thresholds[.so2].noise = 1
        thresholds[.so2].spikeStep = 10
        thresholds[.so2].flatHours = 2
        thresholds[.so2].flatTolerance = 2000
        var check = QualityCheck(thresholds: thresholds)
        for hour in 0..<3 { _ = try check.examine(hourRow([nil, nil, 1]), at: first + Int32(hour)) }
        let high = try check.examine(hourRow([nil, nil, 101]), at: first + 3)
        #expect(high[.so2].rules == [.range, .flatLine, .spike])
        let low = try check.examine(hourRow([nil, nil, -2]), at: first + 4)
        #expect(low[.so2].rules == [.range, .negative, .flatLine])
    }

    @Test func `hours that are left out are missing hours, and an earlier hour is refused and changes nothing`() throws
    {
        var gaps = QualityCheck()
        var missing = QualityCheck()
        for place in [0, 1, 2, 5, 6, 20, 21, 22, 90, 91, 92, 93, 94, 95, 96] as [Int32] {
            while let last = missing.last, first + place - last > 1 { _ = try missing.examine(HourRow(), at: last + 1) }
            let row = hourRow([7000, 900_000, 1, 2, 3, place])
            let (left, right) = (try gaps.examine(row, at: first + place), try missing.examine(row, at: first + place))
            #expect(left == right)
            #expect(throws: WindowError.notLater(last: first + place, given: first + place - 1)) {
                try gaps.examine(hourRow([1, 1, 1, 1, 1, 1]), at: first + place - 1)
            }
        }
        // The last is the sixth of a line that begins after the gap of 67 hours.
        #expect(try gaps.examine(hourRow([7000]), at: first + 97)[.pm25].contains(.flatLine))
    }

    @Test func `a missing value has no marks, and switched off no rule marks anything`() throws {
        var strict = QualityCheck()
        var off = QualityCheck(thresholds: QualityThresholds())
        for place in 0..<30 as Range<Int32> {
            #expect(try strict.examine(HourRow(missing: .fault), at: first + place).isEmpty)
            let row = hourRow(place == 29 ? [.max, .min + 64, .max, .max, .max, .max] : [0, 0, 0, 0, 0, 0])
            #expect(try off.examine(row, nox: Concentration(thousandths: -9000), at: first + place).isEmpty)
        }
    }

    @Test func `the standard thresholds leave ordinary air alone and see an analyser that fails`() throws {
        var check = QualityCheck()
        // A winter's day, then a haze that comes and a front that takes it away.
        for (place, level) in ([20, 24, 27, 31, 38, 60, 95, 140, 190, 240, 300, 310, 290, 60, 15, 12] as [Int32])
            .enumerated()
        {
            let row = hourRow([
                level * 1000, level * 1300, 8000 + level * 50, 30_000 + level * 200, 500 + level * 10,
                60_000 - level * 150,
            ])
            #expect(try check.examine(row, at: first + Int32(place)).isEmpty, "hour \(place)")
        }
        let broken = try check.examine(hourRow([985_000, 20_000, -9000, 300_000, 30_000, 985_000]), at: first + 16)
        #expect(broken[.pm25].rules == [.spike, .particulateInversion])
        #expect(broken[.pm10].rules == [.particulateInversion])
        #expect(broken[.so2].rules == [.negative])
        #expect(broken[.no2].rules == [.spike])
        #expect(broken[.co].rules == [.spike])
        #expect(broken[.o3].rules == [.range, .spike])
    }
}

@Suite("AQICore: names of marks") struct SuspectMarksTests {
    @Test func `every set of marks reads back from its text, in any case and order`() {
        for bits in 1..<64 as Range<UInt8> {
            let marks = SuspectMarks(bits: bits)
            #expect(SuspectMarks(text: marks.text) == marks)
            #expect(SuspectMarks(text: marks.text.uppercased()) == marks)
            #expect(SuspectMarks(text: marks.rules.reversed().map(\.name).joined(separator: "+").lowercased()) == marks)
            #expect(DataFlag(text: marks.text) == .suspect)
        }
        #expect(SuspectMarks().text.isEmpty)
        #expect(SuspectMarks(bits: 0b111111).text == "Qrange+Qneg+Qflat+Qspike+Qpm+Qnox")
        #expect(DataFlag.suspect.isValid)
    }

    @Test(arguments: ["", "Q", "Qfoo", "Qflat+", "+Qflat", "Qflat++Qpm", "Qflat, Qpm", "flat", "Qflat+D", "Qflat "])
    func `a text that is anything else is no mark`(text: String) {
        #expect(SuspectMarks(text: text) == nil)
        #expect(DataFlag(text: text) == (text.isEmpty ? .normal : .unknown))
    }
}
