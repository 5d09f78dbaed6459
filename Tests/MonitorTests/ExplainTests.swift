import TestSupport
import Testing

@Suite("explain") struct ExplainTests {
    @Test func `the contract's example is one line of JSON`() throws {
        let result = try Program.run("explain", "pm25=61", "pm10=80", "--rules", "hj633-2026", "--json")
        #expect(
            result.output == #"{"rules":"hj633-2026","report":"daily","aqi":101,"level":3,"primary":["pm25"],"#
                + #""iaqi":{"pm25":101,"pm10":72}}"# + "\n")
    }

    @Test(arguments: [
        // Both editions, both sides of roundings and of the tables' ends; air-quality-standards 1.5 and 1.6.
        (["pm25=60.5"], "hj633-2026", "daily", #""aqi":100"#), (["pm25=60.6"], "hj633-2026", "daily", #""aqi":101,"#),
        (["pm25=75"], "hj633-2012", "daily", #""aqi":100,"#), (["co=2.2"], "hj633-2012", "daily", #""aqi":55,"#),
        (["so2=801"], "hj633-2026", "realtime", #""aqi":200,"#),
        (["so2=801"], "hj633-2012", "realtime", #""aqi":null"#),
        (["o3_8h=900"], "hj633-2026", "daily", #""aqi":300,"#),
        (["o3_8h=900", "o3=900"], "hj633-2012", "daily", #""aqi":350,"level":6,"primary":["o3","o3_8h"]"#),
        (["pm25=0"], "hj633-2026", "daily", #""aqi":0,"level":1,"primary":[]"#),
        (["pm25=-9.5"], "hj633-2026", "daily", #""aqi":0"#), (["pm10=99999"], "hj633-2026", "daily", #""aqi":500"#),
        (["pm25=35", "pm10=50"], "hj633-2026", "daily", #""aqi":50,"level":1,"primary":[]"#),
        (["pm25=36", "no2=41"], "hj633-2026", "daily", #""aqi":52,"level":2,"primary":["pm25","no2"]"#),
    ])
    func `an index is what the standard says`(values: [String], rules: String, report: String, wanted: String) throws {
        let result = try Program.run(["explain"] + values + ["--rules", rules, "--report", report, "--json"])
        #expect(result.status == 0 && result.output.contains(wanted), "\(result.output)\(result.errors)")
    }

    @Test func `the text shows rounding, breakpoints, formula and clause`() throws {
        let text = try Program.run("explain", "pm25=61.4", "--rules", "hj633-2026").output
        for part in [
            "rounded half to even to 1 µg/m³: 61", "between 60 (IAQI 100) and 115 (IAQI 150)",
            "(150 - 100) / (115 - 60) × (61 - 60) + 100 = 100.909...  (4.2.4)", "rounded up: 101  (4.2.6)",
            "AQI = largest IAQI = 101, level 3 (lightly polluted), primary pollutant: PM2.5",
        ] {
            #expect(text.contains(part), "\(text)")
        }
        let chinese = try Program.run("explain", "pm25=61.4", "--rules", "hj633-2026", "--lang", "zh").output
        #expect(chinese.contains("进位取整：101") && chinese.contains("轻度污染"))
    }

    @Test(arguments: [
        ["o3=100", "--rules", "hj633-2026"], ["o3_8h=100", "--report", "realtime"], ["pm25=1e2"], ["pm25=-10.001"],
        ["pm25"], ["xenon=3"], ["pm25=1", "pm25=2"], [],
    ])
    func `what makes no sense is wrong usage`(arguments: [String]) throws {
        let result = try Program.run(["explain"] + arguments)
        #expect(result.status == 64 && !result.errors.isEmpty && result.output.isEmpty)
    }
}
