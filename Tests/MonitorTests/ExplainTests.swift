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
        (["so2=801", "so2_24h=700"], "hj633-2012", "realtime", #""aqi":185,"level":4,"primary":["so2"]"#),
        (["o3_8h=0.07853333"], "us-epa-2024", "daily", #""aqi":126,"#),
        (["pm25=35.9"], "us-epa-2024", "daily", #""aqi":102"#),
        (["co=8.4"], "us-epa-2024", "daily", #""aqi":90,"#),
        (
            ["o3_8h=0.078", "o3=0.162"], "us-epa-2024", "daily",
            #""aqi":147,"level":3,"primary":["o3"],"iaqi":{"o3":147,"o3_8h":126}"#
        ),
        // More nines than are kept: cut, not rounded up and then cut.
        (["o3_8h=0.0709999999999999999999"], "us-epa-2024", "daily", #""aqi":100,"#),
        (["pm25=35.49999"], "us-epa-2024", "daily", #""aqi":100,"#),
        (["o3=0.1249"], "us-epa-2024", "daily", #""aqi":null"#),
        (["o3_8h=0.3", "o3=0.41"], "us-epa-2024", "daily", #""iaqi":{"o3":306,"o3_8h":306}"#),
        (["so2=305"], "us-epa-2024", "daily", #""aqi":200,"#),
        (["so2=305", "so2_24h=310.9"], "us-epa-2024", "realtime", #""aqi":203,"#),
        (["no2=2100"], "us-epa-2024", "realtime", #""aqi":513,"level":6"#),
        (["pm25=34.9,43,50,64.9,69.2,66.2,53.7,48.6,49.2,35,NA,21"], "us-epa-2024", "realtime", #""aqi":87,"#),
        (["pm10=5,na,"], "us-epa-2024", "realtime", #""aqi":null,"level":null,"primary":[],"iaqi":{}"#),
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
        #expect(chinese.hasPrefix("HJ 633-2026，日报\n") && chinese.contains("(表 3)") && !chinese.contains("table"))
    }

    @Test func `the text of the US index shows the cut, the band, the rounding and the NowCast`() throws {
        let text = try Program.run(
            "explain", "pm25=34.9,43,50,64.9,69.2,66.2,53.7,48.6,49.2,35,NA,21", "o3_8h=0.07853333", "co=60", "so2=400",
            "so2_24h=310", "--rules", "us-epa-2024"
        ).output
        for part in [
            "realtime report", "smallest 21, largest 69.2: weight w = 1/2", "≈ 42.6 / 1.499511 ≈ 28.409",
            "cut to 0.1 µg/m³: 28.4", "between 9.1 (IAQI 51) and 35.4 (IAQI 100)",
            "rounded to the nearest, halves up: 87",
            "cut to 0.001 ppm: 0.078", "(150 - 101) / (0.085 - 0.071) × (0.078 - 0.071) + 101 = 125.5 ",
            "above 50.4, the table's end: the line from 30.5 (IAQI 301) to 50.4 (IAQI 500) goes on",
            "the 24 h mean is judged instead: 310 ppb", "between 305 (IAQI 201) and 604 (IAQI 300)",
            "level 6 (Hazardous)",
        ] {
            #expect(text.contains(part), "\(part) in \(text)")
        }
        let chinese = try Program.run("explain", "pm25=9.05,9.05", "--rules", "us-epa-2024", "--lang", "zh").output
        #expect(chinese.contains("权重 w = 9.05/9.05") && chinese.contains("截断到 0.1 µg/m³：9\u{20}"), "\(chinese)")
    }

    @Test func `the help names every edition with what its values are`() throws {
        let help = try Program.run("explain", "--help").output
        for part in ["hj633-2012: µg/m³", "hj633-2026: µg/m³", "us-epa-2024: 24 h means of pm25"] {
            #expect(help.contains(part), "\(help)")
        }
    }

    @Test func `hourly tables are not computed by an edition of mixing ratios`() throws {
        let result = try Program.run("compute", "hours.csv", "--rules", "us-epa-2024")
        #expect(result.status == 64 && result.output.isEmpty)
        for part in ["us-epa-2024", "ppb", "µg/m³", "explain"] {
            #expect(result.errors.contains(part), "\(result.errors)")
        }
    }

    @Test(arguments: [
        ["pm25=1,2", "--rules", "hj633-2026"], ["o3=0.1,0.2", "--rules", "us-epa-2024"],
        ["so2_24h=3", "--rules", "us-epa-2024"],
        ["so2=801", "so2_24h=700", "--rules", "hj633-2026", "--report", "realtime"], ["so2=1", "so2_24h=1"],
        ["pm25=" + Array(repeating: "1", count: 13).joined(separator: ","), "--rules", "us-epa-2024"],
        ["pm25=1,x", "--rules", "us-epa-2024"], ["o3=-11", "--rules", "us-epa-2024"], ["pm25=1", "--rules", "us"],
        ["pm25=1,2", "pm25=3", "--rules", "us-epa-2024"],
        ["so2=1", "so2_24h=1", "so2_24h=1", "--rules", "us-epa-2024"],
        ["o3=100", "--rules", "hj633-2026"], ["o3_8h=100", "--report", "realtime"], ["pm25=1e2"], ["pm25=-10.001"],
        ["pm25"], ["xenon=3"], ["pm25=1", "pm25=2"], [],
    ])
    func `what makes no sense is wrong usage`(arguments: [String]) throws {
        let result = try Program.run(["explain"] + arguments)
        #expect(result.status == 64 && !result.errors.isEmpty && result.output.isEmpty)
    }

    @Test(arguments: [
        ["o3=99999999999999", "--rules", "us-epa-2024"], ["o3=999999999999999", "--rules", "us-epa-2024"],
        ["o3=9223372036855", "--rules", "us-epa-2024"], ["pm25=-10.0001"], ["pm25=2000000.0001"],
        ["pm25=,", "--rules", "us-epa-2024"], ["pm25=NA,NA", "--rules", "us-epa-2024"],
        ["pm25=1,2,3", "--rules", "us-epa-2024", "--report", "daily"],
    ])
    func `numbers that no air has, and lists that say nothing, are wrong usage`(arguments: [String]) throws {
        let result = try Program.run(["explain"] + arguments)
        #expect(result.status == 64, "\(arguments)")
        #expect(result.output.isEmpty && result.errors.contains(arguments[0]))
    }
}
