import AQICore
import TestSupport
import Testing

/// GB 3095-2026 table 4: an hourly mean needs at least 45 minutes of sampling.
@Suite("AQICore: from samples to the hour") struct HourAccumulatorTests {
    /// An hour with one sample in each of the given minutes.
    private func hour(minutes: Range<Int32>, value: Int32 = 12_000) -> HourAccumulator {
        var hour = HourAccumulator()
        for minute in minutes { hour.add(Concentration(thousandths: value), atSecond: minute * 60) }
        return hour
    }

    @Test func `45 valid minutes make an hour and 44 do not`() {
        for start: Int32 in [0, 7, 15] {
            var enough = hour(minutes: start..<start + 45)
            #expect(enough.close() == Concentration(thousandths: 12_000))
            var short = hour(minutes: start..<start + 44)
            #expect(short.close() == .missing(.insufficient))
        }
    }

    @Test func `every number of minutes is judged alike, wherever the minutes lie`() {
        for valid in 0...60 {
            var random = SeededRandom(seed: UInt64(valid))
            let minutes = Array(0..<Int32(60)).shuffled(using: &random).prefix(valid).sorted()
            var accumulator = HourAccumulator()
            for minute in minutes { accumulator.add(Concentration(thousandths: minute), atSecond: minute * 60 + 59) }
            let result = accumulator.close()
            #expect(result.isMissing == (valid < 45), "\(valid) minutes")
            if valid == 0 { #expect(result.reason == .absent) }
        }
    }

    @Test func `the minutes that spoil an hour give it their mark`() {
        for flag: DataFlag in [.calibration, .maintenance, .fault, .zeroCheck, .communication] {
            for bad: Int32 in 0...60 {
                var accumulator = HourAccumulator()
                for minute: Int32 in 0..<60 {
                    let value = minute < bad ? Concentration.missing(flag) : Concentration(thousandths: 5000)
                    accumulator.add(value, atSecond: minute * 60)
                }
                let result = accumulator.close()
                #expect(result == (bad <= 15 ? Concentration(thousandths: 5000) : .missing(flag)), "\(bad) minutes")
            }
        }
    }

    @Test func `an hour spoilt by a few marks and by silence is insufficient`() {
        // 15 calibrating minutes alone would not have spoilt it; the silent minutes did.
        var accumulator = HourAccumulator()
        for minute: Int32 in 0..<15 { accumulator.add(.missing(.calibration), atSecond: minute * 60) }
        for minute: Int32 in 15..<59 { accumulator.add(Concentration(thousandths: 5000), atSecond: minute * 60) }
        #expect(accumulator.close() == .missing(.insufficient))
    }

    @Test func `a minute counts with three quarters of its samples valid and not with fewer`() {
        for samples: Int32 in 1...60 {
            for valid: Int32 in 0...samples {
                // 44 good minutes, and one that decides.
                var accumulator = hour(minutes: 0..<44)
                for sample in 0..<samples {
                    let value = sample < valid ? Concentration(thousandths: 12_000) : .missing(.fault)
                    accumulator.add(value, atSecond: 50 * 60 + sample)
                }
                let isValid = 4 * valid >= 3 * samples
                #expect(accumulator.close().isMissing == !isValid, "\(valid) of \(samples)")
            }
        }
    }

    @Test func `invalid samples do not touch the mean of their minute`() {
        var accumulator = hour(minutes: 0..<44, value: 10_000)
        let last: [Concentration] = [
            Concentration(thousandths: 55_000), .missing(.overRange), Concentration(thousandths: 55_000),
            Concentration(thousandths: 55_000),
        ]
        for (second, value) in last.enumerated() { accumulator.add(value, atSecond: 44 * 60 + Int32(second)) }
        #expect(accumulator.close() == Concentration(thousandths: 11_000), "(44 * 10 + 55) / 45")
    }

    @Test func `a sample that comes twice is counted once`() {
        var accumulator = HourAccumulator()
        for minute: Int32 in 0..<45 {
            let first = accumulator.add(Concentration(thousandths: 1000), atSecond: minute * 60)
            let again = accumulator.add(Concentration(thousandths: 900_000), atSecond: minute * 60)
            #expect(first && !again)
        }
        #expect(accumulator.close() == Concentration(thousandths: 1000))
    }

    @Test func `samples of a minute that is over count as if they had come in time`() {
        var late = hour(minutes: 0..<45, value: 1000)
        for minute: Int32 in 0..<44 {
            let wasUsed = late.add(Concentration(thousandths: 3000), atSecond: minute * 60 + 30)
            #expect(wasUsed)
        }
        #expect(late.close() == Concentration(thousandths: 1978), "(44 * 2000 + 1000) / 45 = 1977.8")
    }

    @Test func `a late minute makes up for a missing one, and a late mark spoils one`() {
        var accumulator = HourAccumulator()
        for minute: Int32 in 1..<45 { accumulator.add(Concentration(thousandths: 1000), atSecond: minute * 60) }
        #expect(accumulator.result == .missing(.insufficient), "44 minutes")
        accumulator.add(Concentration(thousandths: 1000), atSecond: 0)
        #expect(accumulator.result == Concentration(thousandths: 1000))
        accumulator.add(.missing(.fault), atSecond: 10 * 60 + 5)
        #expect(accumulator.result == .missing(.insufficient), "one of two samples is fewer than three quarters")
    }

    @Test(arguments: 1...50 as ClosedRange<UInt64>)
    func `the order in which samples come changes nothing`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var samples: [(Concentration, Int32)] = []
        for second: Int32 in 0..<3600 where random.chance(5) {
            let value = Concentration(thousandths: Int32(random.integer(-500...90_000)))
            samples.append((random.chance(15) ? .missing(.calibration) : value, second))
        }
        var inOrder = HourAccumulator()
        for (value, second) in samples { inOrder.add(value, atSecond: second) }
        var shuffled = HourAccumulator()
        for (value, second) in (samples + samples).shuffled(using: &random) { shuffled.add(value, atSecond: second) }
        #expect(shuffled.result == inOrder.result, "seed \(seed)")
        #expect(
            shuffled.soFar == inOrder.soFar && shuffled.validMinuteCount == inOrder.validMinuteCount, "seed \(seed)")
    }

    @Test func `seconds outside the hour are refused`() {
        var accumulator = HourAccumulator()
        let used = [-1, -3600, 3600, 4000, Int32.min, Int32.max].map {
            accumulator.add(Concentration(thousandths: 1), atSecond: $0)
        }
        #expect(!used.contains(true))
        #expect(accumulator.close() == .missing(.absent))
    }

    @Test func `closing begins a fresh hour`() {
        var accumulator = hour(minutes: 0..<60, value: 70_000)
        accumulator.add(.missing(.fault), atSecond: 3599)
        #expect(!accumulator.close().isMissing)
        #expect(accumulator.validMinuteCount == 0 && accumulator.soFar == nil)
        #expect(accumulator.close() == .missing(.absent), "nothing of the old hour is left")
        for minute: Int32 in 0..<45 { accumulator.add(Concentration(thousandths: 2000), atSecond: minute * 60) }
        #expect(accumulator.close() == Concentration(thousandths: 2000))
    }

    @Test func `what the hour has so far is the mean of its closed valid minutes`() {
        var accumulator = HourAccumulator()
        #expect(accumulator.soFar == nil)
        accumulator.add(Concentration(thousandths: 1000), atSecond: 0)
        #expect(accumulator.soFar == nil, "the first minute is still under way")
        accumulator.add(Concentration(thousandths: 4000), atSecond: 60)
        #expect(accumulator.soFar == 1000)
        accumulator.add(.missing(.calibration), atSecond: 120)
        #expect(accumulator.soFar == 2500)
        accumulator.add(Concentration(thousandths: 9000), atSecond: 180)
        #expect(accumulator.soFar == 2500, "a spoilt minute changes nothing")
        #expect(accumulator.validMinuteCount == 2)
    }
}
