import Testing

@testable import AQICore

@Suite("AQICore: concentrations and their marks") struct ConcentrationTests {
    /// The marks of HJ 212-2017 and of the national stations, with what the contract says of each: only N, T, HSp, LSp,
    /// Re and the mark of a suspect value leave it valid.
    static let marks: [(text: String, isValid: Bool)] = [
        ("N", true), ("T", true), ("HSp", true), ("LSp", true), ("Re", true), ("Qsuspect", true),
        ("F", false), ("M", false), ("S", false), ("D", false), ("C", false), ("B", false),
        ("H", false), ("BB", false), ("W", false), ("PS", false), ("PZ", false), ("AS", false), ("CZ", false),
        ("CS", false), ("RM", false), ("Neg", false),
    ]

    static let flags = (UInt8.min...UInt8.max).compactMap(DataFlag.init(rawValue:))

    @Test func `every mark is read whatever its case, written back, and valid exactly where the norm says so`() {
        for (text, isValid) in ConcentrationTests.marks {
            let flag = DataFlag(text: text)
            #expect(flag.text == text)
            #expect(DataFlag(text: text.lowercased()) == flag && DataFlag(text: text.uppercased()) == flag)
            #expect(flag.isValid == isValid, "\(text)")
        }
        #expect(Set(ConcentrationTests.marks.map { DataFlag(text: $0.text) }).count == ConcentrationTests.marks.count)
        #expect(ConcentrationTests.flags.count == ConcentrationTests.marks.count + 2, "and unknown and absent")
    }

    @Test func `no mark means normal, and a mark nobody knows makes a value invalid`() {
        #expect(DataFlag(text: "") == .normal)
        for text in ["X", "NN", " N", "?", "正常"] {
            #expect(DataFlag(text: text) == .unknown, "\(text)")
        }
        #expect(!DataFlag.unknown.isValid && !DataFlag.absent.isValid)
    }

    @Test func `every mark survives in a missing concentration`() {
        for flag in ConcentrationTests.flags {
            let missing = Concentration.missing(flag)
            #expect(missing.isMissing && missing.thousandths == nil)
            #expect(missing.reason == flag)
            #expect(Concentration(packed: missing.packed) == missing)
            var row = HourRow()
            row[.co] = missing
            #expect(row[.co].reason == flag)
            #expect(HourRow(missing: flag)[.o3].reason == flag)
        }
    }

    @Test func `every legal value is itself, at the extremes too`() {
        // Contract: -10 (CO -0.5) ... 2,000,000 units.
        let values: [Int32] = [-10_000, -500, -1, 0, 1, 999, 1000, 1_999_999_999, 2_000_000_000]
        for value in values {
            let concentration = Concentration(thousandths: value)
            #expect(concentration.thousandths == value)
            #expect(!concentration.isMissing && concentration.reason == .normal)
            #expect(Concentration(packed: concentration.packed) == concentration)
        }
    }

    @Test func `exactly the 64 lowest patterns are missing values`() {
        for offset: Int32 in 0..<64 {
            #expect(Concentration(packed: .min + offset).isMissing)
            // Nothing measures -2,147,483 µg/m³; it must not turn into some other mark by accident.
            #expect(Concentration(thousandths: .min + offset).reason == .negative)
        }
        #expect(Concentration(thousandths: .min + 64).thousandths == Int32.min + 64)
        #expect(Concentration(thousandths: .max).thousandths == .max)
    }

    @Test func `a pattern that names no mark reads as unknown, not as valid`() {
        let named = Set(ConcentrationTests.flags.map(\.rawValue))
        for raw: UInt8 in 0..<64 where !named.contains(raw) {
            let missing = Concentration(packed: .min + Int32(raw))
            #expect(missing.isMissing && missing.reason == .unknown)
        }
    }

    @Test func `setting one pollutant of a row leaves the others`() {
        for chosen in Pollutant.allSix {
            var row = HourRow()
            #expect(row.isEmpty)
            row[chosen] = Concentration(thousandths: 0)
            #expect(!row.isEmpty, "0 is a value")
            for other in Pollutant.allSix where other != chosen { #expect(row[other] == .missing(.absent)) }
            #expect(row.lanes[6] < Concentration.lowestValue && row.lanes[7] < Concentration.lowestValue)
            row[chosen] = .missing(.calibration)
            #expect(row.isEmpty)
        }
    }

    @Test func `a set of pollutants holds what was put in`() {
        for bits: UInt8 in 0..<64 {
            var set = PollutantSet()
            for pollutant in Pollutant.allSix where bits & (1 << pollutant.rawValue) != 0 { set.insert(pollutant) }
            #expect(set == PollutantSet(bits: bits) && set.isEmpty == (bits == 0))
            for pollutant in Pollutant.allSix {
                #expect(set.contains(pollutant) == (bits & (1 << pollutant.rawValue) != 0))
                var smaller = set
                smaller.remove(pollutant)
                #expect(!smaller.contains(pollutant))
            }
        }
        #expect(Pollutant.allSix.allSatisfy(PollutantSet.all.contains))
    }
}
