/// 无法执行的命令行。
extension Chinese {
    package func wrongUsage(_ line: String) -> String {
        if let line = line.wholeMatch(of: /Usage: (.*)/) { return "用法：\(line.1)" }
        if let line = line.wholeMatch(of: /Help: +(.*)/) { return "说明：\(line.1)" }
        if let line = line.wholeMatch(of: /\s*See '(.*)' for more information\./) { return "  详见 \(line.1)" }
        if let line = line.wholeMatch(of: /Error: (.*)/) { return "错误：\(refusal(String(line.1)))" }
        return line
    }

    package func within(_ what: String, _ range: ClosedRange<Int>) -> String {
        "\(what)：可取 \(range.lowerBound) ... \(range.upperBound)"
    }
    package func oneOf(_ what: String, _ known: [String]) -> String { "\(what)：可取 \(known.joined(separator: "、"))" }
    package func writeLike(_ what: String, _ forms: [String]) -> String {
        "\(what)：应写作 \(forms.joined(separator: " 或 "))"
    }
    package func writeLike(_ what: String, _ forms: [String], of known: [String]) -> String {
        "\(writeLike(what, forms))，可用的有 \(known.joined(separator: "、"))"
    }
    package func mustNotBeEmpty(_ what: String) -> String { "\(what)：不能为空" }
    package func hexadecimalDigits(_ what: String, _ count: Int) -> String { "\(what)：应为 \(count) 位十六进制数字" }
    package func decimalWanted(_ what: String, from lowest: String, to highest: String, _ unit: String) -> String {
        "\(what)：应为 \(lowest) 至 \(highest) \(unit) 的普通小数"
    }
    package func hoursInOrder(_ what: String) -> String { "\(what)：须为整点，且先早后晚" }
    package func seeExamples(_ what: String) -> String { "\(what)：请看 --help 中的示例" }

    package func senderWanted(_ what: String) -> String {
        "\(what)：应为 14 位数字：行政区划 6 位（GB/T 2260）、机构 3 位（GB/T 4657）、单位 3 位、扩展 2 位，如 13100041600000"
    }
    package func unknownCommand(_ word: String, suggestion: String?) -> String {
        "没有命令“\(word)”" + (suggestion.map { "；是否为“\($0)”？" } ?? "")
    }
    package var noTerminalToWatch: String { "标准输出不是终端；请在终端中启动，或用 --once 输出一屏文本、--json 输出数据" }

    package func goesWith(_ what: String, _ other: String) -> String { "\(what)：须与 \(other) 同用" }
    package func either(_ options: [String]) -> String { "须给出且只能给出其一：\(options.joined(separator: "、"))" }
    package func namedTwice(_ what: String) -> String { "\(what)：重复给出" }

    package func judgesByVolume(_ edition: String, title: String, others: [String]) -> String {
        "--rules \(edition)：\(title) 以 ppb 和 ppm 评价气体，而小时值表以 GB 3095 参比状态下的 µg/m³（CO 为 mg/m³）计；"
            + "此处请用 \(others.joined(separator: "、"))；以 ppb 和 ppm 计的单个值请用 aqi-monitor explain NAME=VALUE ... --rules \(edition)"
    }
    package func notInReport(_ indicator: String, _ report: String, _ edition: String) -> String {
        "\(indicator)：不属于 \(edition) 的\(report)"
    }
    package func noHoursOf(_ indicator: String, _ edition: String) -> String { "\(edition) 中 \(indicator) 不取逐小时值" }
    package func hoursAreOfNow(_ what: String) -> String {
        "\(what)：逐小时值按当前时刻评价；--report daily 取 24 小时均值"
    }
    package func exceptionIsOfVetoes(_ finding: String) -> String {
        "--exception：只有一票否决项是“原则上”的，\(finding) 不是"
    }
    package func warningsHaveNoStation(_ option: String) -> String { "\(option)：预警属于全市，不属于某一站点；请去掉" }
    package func operatorIsOfTheScreen(_ option: String) -> String { "\(option)：应为姓名，且只用于实时画面" }
    package func notInProtocol(_ what: String, _ name: String) -> String { "\(what)：不属于 \(name)" }
    package func lineHasOneUnit(_ what: String, _ unit: Int) -> String { "\(what)：模拟的串行线路只有一个地址 \(unit)" }
    package func unitIsTaken(_ what: String, _ unit: Int) -> String { "\(what)：地址 \(unit) 已被占用" }

    /// The sentences of swift-argument-parser 1.x; one that is not among them stays as it is.
    private func refusal(_ text: String) -> String {
        if let text = text.wholeMatch(of: /Unknown option '(.*?)'(?:\. Did you mean '(.*)'\?)?/) {
            return "没有选项“\(text.1)”" + (text.2.map { "；是否为“\($0)”？" } ?? "")
        }
        if let text = text.wholeMatch(of: /Missing value for '(.*)'/) { return "“\(text.1)”缺少取值" }
        if let text = text.wholeMatch(of: /Missing expected argument '(.*)'/) { return "缺少“\(text.1)”" }
        if let text = text.wholeMatch(of: /Missing one of: (.*)/) { return "缺少以下之一：\(text.1)" }
        if let text = text.wholeMatch(of: /Unexpected argument '(.*)'/) { return "多余的参数“\(text.1)”" }
        if let text = text.wholeMatch(of: /\d+ unexpected arguments: (.*)/) { return "多余的参数：\(text.1)" }
        if let text = text.wholeMatch(of: /The option '(.*?)' does not take any value, but '(.*)' was specified\./) {
            return "选项“\(text.1)”不带取值，却给了“\(text.2)”"
        }
        if let text = text.wholeMatch(of: /The value '(.*)' is invalid for '(.*?)'(?:(?:\. |: )(.*))?/) {
            return "“\(text.1)”不能用于“\(text.2)”" + (text.3.map { "；\(choice(String($0)))" } ?? "")
        }
        return text
    }

    /// The values that an option takes.
    private func choice(_ text: String) -> String {
        if text == "Please provide one of the following:" { return "可取：" }
        if let list = text.wholeMatch(of: /Please provide one of (.*)\./) {
            return "可取 \(list.1.replacing(" or ", with: "、").replacing(" and ", with: "、").replacing(", ", with: "、"))"
        }
        return text
    }
}
