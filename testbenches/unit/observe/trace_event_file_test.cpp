// SPDX-License-Identifier: Apache-2.0
#include "hw/observe/trace_event_file.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "sw/format/errors.h"

namespace airnn::test {
namespace {

using Json = nlohmann::json;

class TraceEventFileTest : public testing::Test {
 protected:
  TraceEventFileTest()
      : path_((std::filesystem::temp_directory_path() /
               ("trace_events_" + std::to_string(::getpid())))
                  .string()) {}
  ~TraceEventFileTest() override { std::filesystem::remove(path_); }

  Json events() const { return Json::parse(std::ifstream(path_)).at("traceEvents"); }

  std::string path_;
};

TEST_F(TraceEventFileTest, WritesWhatViewersRead) {
  TraceEventFile file(path_);
  file.name_process(3, "a \"name\"");
  file.name_track({3, 41}, "row\\\n");
  file.slice({3, 41}, "work", 12345678, 12348679, "\"cycle\":7");
  file.flow(FlowPoint::begin, {3, 41}, 9, 5);
  file.flow(FlowPoint::end, {3, 41}, 9, 6);
  file.counter(3, "depth", 2000000, "\"reads\":8");
  file.commit();
  const Json all = events();
  ASSERT_EQ(all.size(), 9U);
  EXPECT_EQ(all[0].at("args").at("name"), "a \"name\"");
  EXPECT_EQ(all[1].at("args").at("sort_index"), 3);
  EXPECT_EQ(all[2].at("args").at("name"), "row\\\n");
  EXPECT_EQ(all[3].at("tid"), 41);
  EXPECT_EQ(all[4].at("ph"), "B");
  EXPECT_DOUBLE_EQ(all[4].at("ts").get<double>(), 12.345);
  EXPECT_EQ(all[5].at("ph"), "E");
  EXPECT_DOUBLE_EQ(all[5].at("ts").get<double>(), 12.348);
  for (const std::size_t end : {4U, 5U}) {
    EXPECT_EQ(all[end].at("name"), "work");
    EXPECT_EQ(all[end].at("args").at("cycle"), 7);
  }
  EXPECT_EQ(all[6].at("ph"), "s");
  EXPECT_EQ(all[7].at("ph"), "f");
  EXPECT_EQ(all[7].at("bp"), "e");
  EXPECT_EQ(all[7].at("id"), all[6].at("id"));
  EXPECT_EQ(all[8].at("args").at("reads"), 8);
  EXPECT_DOUBLE_EQ(all[8].at("ts").get<double>(), 2.0);
}

/// A slice ends with the last one in it, and where the next begins: in the same words.
TEST_F(TraceEventFileTest, EndsSlicesWithWhatIsInThem) {
  TraceEventFile file(path_);
  file.open({1, 1}, "around", 3333, "\"input\":4");
  file.slice({1, 1}, "first", 3333, 6666, "");
  file.slice({1, 1}, "second", 6666, 9999, "");
  file.close({1, 1}, "around", 9999, "\"input\":4");
  file.commit();
  const Json all = events();
  ASSERT_EQ(all.size(), 6U);
  EXPECT_EQ(all[0].at("ts"), all[1].at("ts"));
  EXPECT_EQ(all[2].at("ts"), all[3].at("ts"));
  EXPECT_EQ(all[4].at("ts"), all[5].at("ts"));
  EXPECT_DOUBLE_EQ(all[5].at("ts").get<double>(), 0.009);
  EXPECT_EQ(all[5].at("name"), all[0].at("name"));
  EXPECT_EQ(all[5].at("args"), all[0].at("args"));
}

TEST_F(TraceEventFileTest, KeepsEveryEventOfALongFile) {
  constexpr int count = 50000;  // several buffers
  TraceEventFile file(path_);
  for (int i = 0; i < count; ++i) {
    file.counter(1, "number", 0, "\"value\":" + std::to_string(i));
  }
  EXPECT_FALSE(std::filesystem::exists(path_)) << "only whole files appear";
  file.commit();
  const Json all = events();
  ASSERT_EQ(all.size(), static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    ASSERT_EQ(all[static_cast<std::size_t>(i)].at("args").at("value"), i);
  }
}

TEST_F(TraceEventFileTest, LeavesNothingWithoutCommit) {
  { TraceEventFile file(path_); }
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(TraceEventFileTest, TellsOfAFullDiskAtTheEnd) {
  TraceEventFile file("/dev/full");
  for (int i = 0; i < 50000; ++i) {
    file.counter(1, "number", 0, "\"value\":1");
  }
  EXPECT_THROW(file.commit(), UserError);
}

TEST(JsonString, EscapesWhatMustBe) {
  const std::string text = "a\"b\\c\n\x01/\xc3\xa4";
  EXPECT_EQ(Json::parse(json_string(text)).get<std::string>(), text);
}

}  // namespace
}  // namespace airnn::test
