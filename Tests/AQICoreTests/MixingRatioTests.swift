import Testing

@testable import AQICore

@Suite("AQICore: mixing ratios") struct MixingRatioTests {
    @Test(arguments: [
        // air-quality-standards.md 2.3, rounded there to four decimals.
        (Parameter.so2, Int64(26_186), Int64(28_583)), (.no2, 18_804, 20_525), (.no, 12_265, 13_387),
        (.o3, 19_619, 21_414), (.co, 11_449, 12_497), (.nox, 18_804, 20_525),
    ])
    func `the factors are those of the field's tables`(parameter: Parameter, at298: Int64, at273: Int64) {
        // 10,000 units have ten thousand times the factor.
        let ten = Concentration(thousandths: 10_000_000)
        for (state, wanted) in [(ReferenceState.kelvin298, at298), (.kelvin273, at273)] {
            let value = Int64(ten.fromMixingRatio(of: parameter, at: state).packed)
            // Rounded to the four decimals of the table.
            #expect((value + 500) / 1000 == wanted, "\(parameter) \(state): \(value)")
        }
    }

    @Test func `what is no gas, and what is missing, stays as it is`() {
        for parameter in [Parameter.pm25, .pm10, .temperature, .windSpeed] {
            let value = Concentration(thousandths: 12_345)
            #expect(value.fromMixingRatio(of: parameter, at: .kelvin298) == value)
        }
        #expect(Concentration.missing(.calibration).fromMixingRatio(of: .so2, at: .kelvin298) == .missing(.calibration))
    }

    @Test func `a product beyond every instrument is a fault, negatives are converted`() {
        let large = Concentration(thousandths: 2_000_000_000)
        #expect(large.fromMixingRatio(of: .so2, at: .kelvin298) == .missing(.fault))
        // -1 ppb of ozone: -1.9619 µg/m³.
        #expect(
            Concentration(thousandths: -1000).fromMixingRatio(of: .o3, at: .kelvin298)
                == Concentration(thousandths: -1962))
    }

    @Test func `the state changed with the first of September 2018 in China`() {
        let first = CivilDate(year: 2018, month: 9, day: 1).map { NaturalDay($0).firstHour.beginning }
        #expect(first == ReferenceState.firstInstantOf298)
        #expect(ReferenceState(at: ReferenceState.firstInstantOf298) == .kelvin298)
        #expect(ReferenceState(at: ReferenceState.firstInstantOf298 + -1) == .kelvin273)
    }
}
