/// What the program says in English, by topic in `English+*.swift`.
package struct English: Words {
    package init() {}
}
