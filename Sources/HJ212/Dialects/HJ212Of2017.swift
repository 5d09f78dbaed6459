import AQICore

extension Dialect {
    /// HJ 212-2017, in force 2017-05-01 to 2025-12-31. Codes: table B.2; `a05024` (ozone) is of HJ 524-2009 and used by everybody.
    /// The units of the table (gases mg/m³, particles "ng/m³") are not what stations send: units are configuration.
    package static let hj212Of2017 = Dialect(
        name: "hj212-2017", version: 1, longestData: 1024, requiresQN: true, requiresFlag: true, answersInCP: false,
        marksResent: false, newPasswordKey: "NewPW", factors: factorsOf2017)

    static let factorsOf2017: [String: Parameter] = [
        "a34004": .pm25, "a34002": .pm10, "a21026": .so2, "a21004": .no2, "a21005": .co, "a05024": .o3, "a21003": .no,
        "a21002": .nox, "a01001": .temperature, "a01002": .humidity, "a01006": .pressure, "a01007": .windSpeed,
        "a01008": .windDirection,
    ]
}
