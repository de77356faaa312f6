// SPDX-License-Identifier: Apache-2.0
#include "sw/data/mesh_trace_reader.h"

#include <gmock/gmock.h>

#include <sstream>

#include "testbenches/unit/data/data_testing.h"

namespace airnn {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class MeshTraceReaderTest : public DataTest {
 protected:
  static std::vector<std::string> read(const std::string& path) {
    MeshTraceReader reader(path, {16, 255, 2});
    std::vector<std::string> lines;
    for (TracePacket packet; reader.next(packet);) {
      std::ostringstream line;
      line << packet.offered << ' ' << packet.source << ' ' << packet.destination << ' '
           << packet.flits << ' ' << packet.virtual_channel;
      lines.push_back(line.str());
    }
    TracePacket packet;
    EXPECT_FALSE(reader.next(packet));
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

TEST_F(MeshTraceReaderTest, ReadsPackets) {
  EXPECT_THAT(read_text("0 0 15 1 0\n0 15 0 255 1\n999999999999999999 3 3 8 0\n"),
              ElementsAre("0 0 15 1 0", "0 15 0 255 1", "999999999999999999 3 3 8 0"));
}

TEST_F(MeshTraceReaderTest, TakesWhatEditorsAndOtherProgramsDoToLines) {
  EXPECT_THAT(read_text("# a comment\r\n\r\n  1\t2   03 4 \t1\r\n   \n  # x\n 2 0 0 1 0"),
              ElementsAre("1 2 3 4 1", "2 0 0 1 0"));
  EXPECT_TRUE(read_text("").empty());
  EXPECT_TRUE(read_text("\n#").empty());
}

TEST_F(MeshTraceReaderTest, ReadsTracesOfManyBlocksLineByLine) {
  std::string text;
  std::vector<std::string> lines;
  for (unsigned i = 0; i < 50000; ++i) {
    lines.push_back(std::to_string(i / 3) + " " + std::to_string(i % 16) + " " +
                    std::to_string(i * 7 % 16) + " " + std::to_string(1 + i % 255) + " 1");
    text += lines.back() + (i % 1000 == 0 ? "  \r\n\n# words\n" : "\n");
  }
  EXPECT_EQ(read_text(text), lines);
  EXPECT_EQ(read(gzip_file("packed", Bytes(text.begin(), text.end()))), lines);
}

TEST_F(MeshTraceReaderTest, RefusesWhatIsNoPacket) {
  EXPECT_EQ(refused("0 1 2 3 0\n\n# x\n0 1 2 3\r\n"),
            "t: line 4: '0 1 2 3': expected 5 fields: cycle, source, destination, flits, virtual "
            "channel");
  EXPECT_THAT(refused("0 1 2 3 0 0"), HasSubstr("expected 5 fields"));
  EXPECT_EQ(refused("0 16 2 3 0"), "t: line 1: source '16'; expected 0 to 15");
  EXPECT_EQ(refused("0 1 -2 3 0"), "t: line 1: destination '-2'; expected 0 to 15");
  EXPECT_EQ(refused("0 1 2 0 0"), "t: line 1: number of flits '0'; expected 1 to 255");
  EXPECT_EQ(refused("0 1 2 256 0"), "t: line 1: number of flits '256'; expected 1 to 255");
  EXPECT_EQ(refused("0 1 2 3 2"), "t: line 1: virtual channel '2'; expected 0 to 1");
  EXPECT_EQ(refused("x 1 2 3 0"), "t: line 1: cycle 'x'; expected 0 to 999999999999999999");
  for (const char* cycle : {"1000000000000000000", "99999999999999999999999", "1.5", "1e3", "+1"}) {
    EXPECT_THAT(refused(std::string(cycle) + " 1 2 3 0"), StartsWith("t: line 1: cycle '"));
  }
  EXPECT_EQ(refused("5 1 2 3 0\n4 1 2 3 0\n"),
            "t: line 2: cycle 4 comes after 5; expected cycles that do not descend");
}

TEST_F(MeshTraceReaderTest, RefusesLinesWithoutEnd) {
  EXPECT_TRUE(read_text("#" + std::string(1023, 'x') + "\n").empty());
  EXPECT_EQ(refused("#" + std::string(1024, 'x') + "\n"), "t: line 1: longer than 1024 characters");
  EXPECT_EQ(refused("0 1 2 3 0\n" + std::string(3000000, '0')),
            "t: line 2: longer than 1024 characters");
}

}  // namespace
}  // namespace airnn
