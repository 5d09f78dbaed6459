/// 无法执行的命令行。
extension Chinese {
    package func wrongUsage(_ line: String) -> String {
        if let line = line.wholeMatch(of: /Usage: (.*)/) { return "用法：\(line.1)" }
        if let line = line.wholeMatch(of: /Help: +(.*)/) { return "说明：\(line.1)" }
        if let line = line.wholeMatch(of: /\s*See '(.*)' for more information\./) { return "  详见 \(line.1)" }
        if let line = line.wholeMatch(of: /Error: (.*)/) { return "错误：\(refusal(String(line.1)))" }
        return line
    }

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
