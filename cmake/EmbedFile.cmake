# Writes OUTPUT, a source file with the bytes of FILE; see Embed.cmake. Numbers, because compilers limit
# the length of string literals, and because nothing in a file can then be mistaken for C++.
file(READ "${FILE}" bytes HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${bytes}")
file(WRITE "${OUTPUT}" "#include <string_view>
namespace airnn {
namespace {
constexpr unsigned char kBytes[] = {${bytes}};
}
std::string_view embedded_${NAME}();
std::string_view embedded_${NAME}() { return {reinterpret_cast<const char*>(kBytes), sizeof kBytes}; }
}
")
