// SPDX-License-Identifier: Apache-2.0
#include "sw/data/dram_trace_reader.h"

#include <gmock/gmock.h>

#include <fstream>

#include "testbenches/unit/data/data_testing.h"

namespace airnn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

constexpr std::uint64_t kCapacity = std::uint64_t{1} << 32;

std::string text_of(const TraceRequest& request) {
  std::ostringstream text;
  text << request.arrival << (request.is_write ? " W " : " R ") << std::hex << request.address;
  return text.str();
}

class DramTraceReaderTest : public DataTest {
 protected:
  static std::vector<std::string> read(const std::string& path) {
    DramTraceReader reader(path, kCapacity);
    std::vector<std::string> lines;
    for (TraceRequest request; reader.next(request);) {
      lines.push_back(text_of(request));
    }
    EXPECT_EQ(reader.bytes_read(), reader.file_bytes());
    return lines;
  }
  std::vector<std::string> read_text(const std::string& text) const {
    return read(text_file("t", text));
  }
  std::string refused(const std::string& text) const {
    return refusal([&] { read_text(text); });
  }
};

TEST_F(DramTraceReaderTest, ReadsReadsAndWrites) {
  EXPECT_THAT(read_text("0 R 0x0\n0 W 0x40\n17 R 0xFfFfFfC0\n999999999999999999 W 80\n"),
              ElementsAre("0 R 0", "0 W 40", "17 R ffffffc0", "999999999999999999 W 80"));
}

TEST_F(DramTraceReaderTest, TakesWhatEditorsAndOtherProgramsDoToLines) {
  EXPECT_THAT(read_text("# a comment\r\n\r\n  1\tR   0X1c0 \t\r\n   \n#\n 2 W 000000000000000a\r\n"
                        "3 R 1"),
              ElementsAre("1 R 1c0", "2 W a", "3 R 1"));
}

TEST_F(DramTraceReaderTest, TakesATraceWithoutRequests) {
  EXPECT_TRUE(read_text("").empty());
  EXPECT_TRUE(read_text("\n\n").empty());
  EXPECT_TRUE(read_text("# nothing").empty());
}

TEST_F(DramTraceReaderTest, ReadsTracesOfManyBlocksLineByLine) {
  constexpr std::uint64_t kLines = 300000;
  std::string text;
  for (std::uint64_t i = 0; i < kLines; ++i) {
    text += std::to_string(i * 7) + (i % 3 == 0 ? " W 0x" : " R 0x");
    std::ostringstream address;
    address << std::hex << i * 64;
    text += address.str() + (i % 1000 == 0 ? "   \r\n\n# words\n" : "\n");
  }
  text.pop_back();
  for (const std::string& path :
       {text_file("plain", text), gzip_file("packed", Bytes(text.begin(), text.end()))}) {
    DramTraceReader reader(path, kCapacity);
    TraceRequest request;
    for (std::uint64_t i = 0; i < kLines; ++i) {
      ASSERT_TRUE(reader.next(request)) << i;
      ASSERT_EQ(request.arrival, i * 7);
      ASSERT_EQ(request.address, i * 64);
      ASSERT_EQ(request.is_write, i % 3 == 0);
    }
    EXPECT_FALSE(reader.next(request));
    EXPECT_FALSE(reader.next(request));
  }
}

TEST_F(DramTraceReaderTest, RefusesAWrongNumberOfFields) {
  EXPECT_EQ(refused("0 R 0x0\n\n# x\n0 R\n"),
            "t: line 4: '0 R': 2 fields; expected 3: arrival in tCK, R or W, address in "
            "hexadecimal");
  EXPECT_THAT(refused("7\r\n"), StartsWith("t: line 1: '7': 1 fields"));
  EXPECT_THAT(refused("0 R 0x0 0x40"), StartsWith("t: line 1: '0 R 0x0 0x40': 4 fields"));
  EXPECT_THAT(refused("0 R 0x0 # x"), StartsWith("t: line 1: '0 R 0x0 # x': 5 fields"));
}

TEST_F(DramTraceReaderTest, RefusesWrongArrivals) {
  EXPECT_EQ(refused("0 R 0\nx R 0\n"), "t: line 2: arrival 'x'; expected a number of tCK");
  for (const char* arrival : {"-1", "+1", "1.5", "0x10", "1e3", "1R"}) {
    EXPECT_THAT(refused(std::string(arrival) + " R 0\n"),
                HasSubstr(std::string("arrival '") + arrival + "'"));
  }
  EXPECT_EQ(refused("1000000000000000000 R 0"),
            "t: line 1: arrival '1000000000000000000'; expected at most 18 digits");
  EXPECT_THAT(refused(std::string(100, '9') + " R 0"), HasSubstr("999...'; expected at most 18"));
  EXPECT_EQ(refused("5 R 0\n5 R 40\n4 R 80\n"),
            "t: line 3: arrival 4 comes after 5; expected arrivals that do not descend");
}

TEST_F(DramTraceReaderTest, RefusesOtherLettersThanRAndW) {
  EXPECT_EQ(refused("0 r 0\n"), "t: line 1: 'r'; expected R or W");
  for (const char* word : {"w", "X", "READ", "RW", "0"}) {
    EXPECT_EQ(refused(std::string("0 ") + word + " 0"),
              std::string("t: line 1: '") + word + "'; expected R or W");
  }
}

TEST_F(DramTraceReaderTest, RefusesWrongAddresses) {
  EXPECT_EQ(refused("0 R 0xg"), "t: line 1: address '0xg'; expected a hexadecimal number");
  for (const char* address : {"0x", "-40", "40h", "x40", "0x40,"}) {
    EXPECT_THAT(refused(std::string("0 R ") + address + "\n"),
                HasSubstr(std::string("address '") + address + "'; expected a hexadecimal number"));
  }
  EXPECT_EQ(refused("0 R 0xffffffff\n0 R 0x100000000\n"),
            "t: line 2: address '0x100000000'; expected one below 0x100000000, the capacity of the "
            "memory");
  EXPECT_THAT(refused("0 R 0x10000000000000000\n"), HasSubstr("the capacity of the memory"));
}

TEST_F(DramTraceReaderTest, RefusesLinesWithoutEnd) {
  const std::string longest(65535, 'x');
  EXPECT_TRUE(read_text("#" + longest + "\n").empty());
  EXPECT_EQ(refused("#" + longest + "x\n0 R 0\n"), "t: line 1: longer than 65536 characters");
  EXPECT_EQ(refused("0 R 0\n" + std::string(3000000, '0')),
            "t: line 2: longer than 65536 characters");
  EXPECT_EQ(refused("0 R 0\n" + std::string(3000000, '\0')),
            "t: line 2: longer than 65536 characters");
}

TEST_F(DramTraceReaderTest, RefusesFilesThatAreNoTraces) {
  EXPECT_THAT(refusal([&] { read(path("none")); }), StartsWith("none: cannot be read"));
  EXPECT_THAT(refusal([&] { read(path("")); }), HasSubstr("is a folder"));
  Bytes noise(5000);
  for (std::size_t i = 0; i < noise.size(); ++i) {
    noise[i] = static_cast<std::uint8_t>(i * i >> 3);
  }
  EXPECT_THAT(refusal([&] { read(file("noise", noise)); }), StartsWith("noise: line 1: "));
}

TEST_F(DramTraceReaderTest, RefusesTruncatedAndDamagedGzip) {
  std::string text;
  for (std::int64_t i = 0; i < 200000; ++i) {
    text += std::to_string(i) + " R " + std::to_string(i * i % 9973) + "\n";
  }
  gzip_file("whole", Bytes(text.begin(), text.end()));
  const Bytes whole = content("whole");
  for (const std::size_t size : {std::size_t{12}, whole.size() / 2, whole.size() - 1}) {
    const Bytes cut(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_EQ(refusal([&] { read(file("cut", cut)); }), "cut: the gzip data are truncated") << size;
  }
  Bytes damaged = whole;
  damaged[whole.size() / 2] ^= 0xFFU;
  EXPECT_THAT(refusal([&] { read(file("damaged", damaged)); }), StartsWith("damaged: "));
}

}  // namespace
}  // namespace airnn
