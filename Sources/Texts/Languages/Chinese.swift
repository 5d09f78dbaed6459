/// What the program says in Chinese, by topic in `Chinese+*.swift`.
package struct Chinese: Words {
    package init() {}
}
