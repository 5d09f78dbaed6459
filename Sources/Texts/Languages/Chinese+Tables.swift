/// 文件与表格。
extension Chinese {
    package func noSuchFile(_ path: String) -> String { "\(path)：文件不存在；请检查文件名，或用 - 表示标准输入" }
    package func unreadable(_ path: String, _ reason: String) -> String {
        "\(path)：无法读取（\(reason)）；请检查权限"
    }
    package func cannotCreate(_ path: String, _ reason: String) -> String {
        "\(path)：无法写入（\(reason)）；请检查目录、权限和剩余空间"
    }
    package func inTable(_ path: String, line: Int, _ problem: String) -> String {
        line > 0 ? "\(path)：第 \(line) 行：\(problem)" : "\(path)：\(problem)"
    }
    package var notUTF8: String {
        "不是 UTF-8 编码；Excel 保存的表格通常是 GBK，请转换：iconv -f GB18030 -t UTF-8 旧文件 > 新文件"
    }
    package var damagedGzip: String { "gzip 数据损坏或不完整；请重新复制文件" }
    package var emptyTable: String { "表格是空的；第一行应为列名：station,time,pm25,..." }
    package func missingColumn(_ column: String) -> String { "表头缺少列“\(column)”；station 和 time 必须有" }
    package func repeatedColumn(_ column: String) -> String { "表头中列“\(column)”出现两次；请删去一个" }
    package func fieldCount(have: Int, need: Int) -> String {
        "有 \(have) 个字段，表头有 \(need) 个；是否行被截断，或逗号未加引号？"
    }
    package var unclosedQuote: String { "引号在此打开而没有关闭" }
    package var textAfterQuote: String { "引号关闭后还有文字；引号内的引号应写两次" }
    package var emptyStation: String { "站点名为空" }
    package func badTime(_ text: String) -> String {
        "“\(text)”不是时间；请写作 2017-01-01T08:00:00+08:00（小时的结束时刻）"
    }
    package func notOnTheHour(_ text: String) -> String { "“\(text)”不是整点；本表为小时值，以小时的结束时刻为标签" }
    package func badDate(_ text: String) -> String { "“\(text)”不是日期；请写作 2017-01-01" }
    package func badNumber(column: String, text: String) -> String {
        "列 \(column)：“\(text)”不是十进制数；缺失请留空，或用 --missing 指明，或用 --lenient"
    }
    package func outOfRange(column: String, text: String, lowest: String, highest: String) -> String {
        "列 \(column)：\(text) 超出 \(lowest) … \(highest)；占位值请用 --missing 指明，或用 --lenient"
    }
    package func contradicts(station: String, time: String, line: Int) -> String {
        "\(station) \(time) 在第 \(line) 行已有不同的数值；请删去一个"
    }
    package func spanTooLong(station: String, first: String, last: String) -> String {
        "\(station) 从 \(first) 到 \(last)，超过 100 年；年份是否写错？"
    }
    package func badEvent(_ problem: String) -> String { "不是事件：\(problem)" }
    package func ignoredColumns(_ path: String, _ columns: [String]) -> String {
        "\(path)：未使用的列：\(columns.joined(separator: "、"))"
    }
    package func unreadableValues(_ count: Int) -> String { "\(count) 个数值无法读取，按缺失处理" }
    package func unknownStation(_ station: String, _ path: String, known: [String]) -> String {
        "\(path)：没有站点“\(station)”；其中有 \(known.joined(separator: "、"))"
    }
    package func noHours(_ path: String) -> String { "\(path)：文件中没有所要的小时" }
}
