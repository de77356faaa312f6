// SPDX-License-Identifier: Apache-2.0
#include "sw/config/config_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

#include "testbenches/unit/config/config_testing.h"

namespace airnn {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

enum class Policy { open, closed, adaptive };
const std::vector<NamedValue<Policy>> kPolicies = {
    {"open", Policy::open}, {"closed", Policy::closed}, {"adaptive", Policy::adaptive}};

TEST(ConfigReader, ReadsEveryType) {
  const ConfigReader reader = reader_of(
      "lanes: 16\nbytes: 18446744073709551615\nperiod_ns: 1.25\non: false\nname: LeNet 5\n"
      "policy: closed\nwidths: [8, 16]\nprices: [1, 0.5]\nlayers: [conv1, '2']\n");
  EXPECT_EQ(reader.required_int("lanes", 1, 64), 16);
  EXPECT_EQ(reader.required_double("period_ns", 0, 10), 1.25);
  EXPECT_FALSE(reader.required_bool("on"));
  EXPECT_EQ(reader.required_string("name"), "LeNet 5");
  EXPECT_EQ(reader.required_enum("policy", kPolicies), Policy::closed);
  EXPECT_THAT(reader.integers("widths", 1, 32), ElementsAre(8, 16));
  EXPECT_THAT(reader.doubles("prices", 0, 1), ElementsAre(1.0, 0.5));
  EXPECT_THAT(reader.strings("layers"), ElementsAre("conv1", "2"));
  EXPECT_NE(refusal([&] {
              reader.required_int<std::uint64_t>("bytes", 0,
                                                 std::numeric_limits<std::uint64_t>::max());
            }),
            "<accepted>");
}

TEST(ConfigReader, FallsBackWhereAKeyIsAbsent) {
  const ConfigReader reader = reader_of("");
  EXPECT_EQ(reader.int_or("lanes", 16, 1, 64), 16);
  EXPECT_EQ(reader.int_or<std::int64_t>("big", 1LL << 40, 0, 1LL << 50), 1LL << 40);
  EXPECT_EQ(reader.double_or("period_ns", 1.25, 0, 10), 1.25);
  EXPECT_TRUE(reader.bool_or("on", true));
  EXPECT_EQ(reader.string_or("name", "x"), "x");
  EXPECT_EQ(reader.enum_or("policy", Policy::adaptive, kPolicies), Policy::adaptive);
  EXPECT_EQ(reader.optional_string("title"), std::nullopt);
  EXPECT_EQ(reader.optional_path("trace"), std::nullopt);
  EXPECT_THAT(reader.strings("layers"), IsEmpty());
  EXPECT_THAT(reader.sections("runs"), IsEmpty());
  EXPECT_FALSE(reader.optional_section("dram"));
  EXPECT_EQ(reader.section("dram").int_or("rows", 3, 1, 9), 3);
  reader.finish();
}

TEST(ConfigReader, PrefersWhatIsWrittenToTheFallback) {
  const ConfigReader reader = reader_of("lanes: 4\npolicy: open\ntitle: t\n");
  EXPECT_EQ(reader.int_or("lanes", 16, 1, 64), 4);
  EXPECT_EQ(reader.enum_or("policy", Policy::adaptive, kPolicies), Policy::open);
  EXPECT_EQ(reader.optional_string("title"), "t");
}

TEST(ConfigReader, ShowsTheAllowedRangeAndTheValue) {
  const ConfigReader reader = reader_of("a: 0\nb: 65\nc: 1.5\nd: -1\n");
  EXPECT_EQ(refusal([&] { reader.required_int("a", 1, 64); }),
            "a.yaml:1: a: expected an integer from 1 to 64, found '0'");
  EXPECT_EQ(refusal([&] { reader.int_or("b", 2, 1, 64); }),
            "a.yaml:2: b: expected an integer from 1 to 64, found '65'");
  EXPECT_EQ(refusal([&] { reader.double_or("c", 0.5, 0, 1); }),
            "a.yaml:3: c: expected a number from 0.0 to 1.0, found '1.5'");
  EXPECT_EQ(refusal([&] {
              reader.required_int<std::int64_t>("d", 0, std::numeric_limits<std::int64_t>::max());
            }),
            "a.yaml:4: d: expected an integer of at least 0, found '-1'");
}

TEST(ConfigReader, AcceptsBothEndsOfARange) {
  const ConfigReader reader = reader_of("a: 1\nb: 64\nc: 0\nd: 1\n");
  EXPECT_EQ(reader.required_int("a", 1, 64), 1);
  EXPECT_EQ(reader.required_int("b", 1, 64), 64);
  EXPECT_EQ(reader.required_double("c", 0, 1), 0.0);
  EXPECT_EQ(reader.required_double("d", 0, 1), 1.0);
}

TEST(ConfigReader, RefusesMistypedValues) {
  const ConfigReader reader = reader_of("a: many\nb: '8'\nc: [1]\nd: {x: 1}\ne:\nf: 1.5\n");
  const auto integer = [&](const char* key) {
    return refusal([&] { reader.required_int(key, 1, 9); });
  };
  EXPECT_EQ(integer("a"), "a.yaml:1: a: expected an integer from 1 to 9, found 'many'");
  EXPECT_EQ(integer("b"), "a.yaml:2: b: expected an integer from 1 to 9, found the text '8'");
  EXPECT_EQ(integer("c"), "a.yaml:3: c: expected an integer from 1 to 9, found a list");
  EXPECT_EQ(integer("d"), "a.yaml:4: d: expected an integer from 1 to 9, found a mapping");
  EXPECT_EQ(integer("e"), "a.yaml:5: e: expected an integer from 1 to 9, found nothing");
  EXPECT_EQ(integer("f"), "a.yaml:6: f: expected an integer from 1 to 9, found '1.5'");
  EXPECT_EQ(refusal([&] { reader.required_bool("a"); }),
            "a.yaml:1: a: expected true or false, found 'many'");
  EXPECT_EQ(refusal([&] { reader.section("a"); }),
            "a.yaml:1: a: expected a mapping of keys to values, found 'many'");
  EXPECT_EQ(refusal([&] { reader.sections("d"); }),
            "a.yaml:4: d: expected a list of mappings, found a mapping");
  EXPECT_EQ(refusal([&] { reader.required_string("c"); }),
            "a.yaml:3: c: expected a text, found a list");
}

TEST(ConfigReader, NamesTheElementOfAList) {
  const ConfigReader reader = reader_of("w:\n- 8\n- x\nruns:\n- lanes: 1\n- 5\n");
  EXPECT_EQ(refusal([&] { reader.integers("w", 1, 32); }),
            "a.yaml:3: w[1]: expected an integer from 1 to 32, found 'x'");
  EXPECT_EQ(refusal([&] { reader.sections("runs"); }),
            "a.yaml:6: runs[1]: expected a mapping of keys to values, found '5'");
  EXPECT_EQ(refusal([&] { reader.strings("runs"); }),
            "a.yaml:5: runs[0]: expected a text, found a mapping");
}

TEST(ConfigReader, ListsTheNamesOfAnEnumerationAndTheNearest) {
  const ConfigReader reader = reader_of("policy: closd\nother: 7\n");
  EXPECT_EQ(refusal([&] { reader.required_enum("policy", kPolicies); }),
            "a.yaml:1: policy: expected one of open, closed, adaptive, found 'closd'; "
            "did you mean 'closed'?");
  EXPECT_EQ(refusal([&] { reader.required_enum("other", kPolicies); }),
            "a.yaml:2: other: expected one of open, closed, adaptive, found '7'");
}

TEST(ConfigReader, NamesAMissingKeyAndASimilarOneThatNobodyRead) {
  EXPECT_EQ(refusal([] { reader_of("x: 1\n").required_int("lanes", 1, 8); }),
            "a.yaml:1: key 'lanes' is missing; expected an integer from 1 to 8");
  const ConfigReader reader = reader_of("a: 1\naccelerator:\n  width: 3\n  lanse: 8\n");
  EXPECT_EQ(refusal([&] { reader.section("accelerator").required_int("lanes", 1, 8); }),
            "a.yaml:2: key 'lanes' is missing in accelerator; expected an integer from 1 to 8, "
            "found the similar key 'lanse' (a.yaml:4)");
  EXPECT_EQ(refusal([&] { reader.required_section("dram"); }),
            "a.yaml:1: key 'dram' is missing; expected a mapping of keys to values");
}

TEST(ConfigReader, RefusesKeysNobodyRead) {
  const ConfigReader reader = reader_of("accelerator:\n  slots: 2\n  lanse: 8\n");
  const ConfigReader accelerator = reader.section("accelerator");
  accelerator.int_or("slots", 1, 1, 8);
  accelerator.int_or("lanes", 1, 1, 8);
  const std::string message = "a.yaml:3: unknown key 'lanse' in accelerator; did you mean 'lanes'?";
  EXPECT_EQ(refusal([&] { accelerator.finish(); }), message);
  EXPECT_EQ(refusal([&] { reader.finish(); }), message) << "the root checks its sections too";
}

TEST(ConfigReader, RefusesSectionsNobodyOpened) {
  const ConfigReader reader = reader_of("drum: {x: 1}\n");
  reader.section("dram");
  EXPECT_EQ(refusal([&] { reader.finish(); }),
            "a.yaml:1: unknown key 'drum'; did you mean 'dram'?");
}

TEST(ConfigReader, RefusesUnknownKeysInListElements) {
  const ConfigReader reader = reader_of("runs:\n- lanes: 1\n- lanes: 2\n  colour: red\n");
  for (const ConfigReader& run : reader.sections("runs")) {
    run.required_int("lanes", 1, 8);
  }
  EXPECT_EQ(refusal([&] { reader.finish(); }), "a.yaml:4: unknown key 'colour' in runs[1]");
}

TEST(ConfigReader, KnowsOptionalKeysThatAreAbsentOrPresent) {
  const ConfigReader reader = reader_of("title: x\ndram: {rows: 1}\n");
  EXPECT_TRUE(reader.optional_string("title"));
  EXPECT_TRUE(reader.optional_section("dram")->has("rows"));
  EXPECT_EQ(refusal([&] { reader.finish(); }), "a.yaml:2: unknown key 'rows' in dram");
}

TEST(ConfigReader, ListsKeysThatAreNamesOfTheUsers) {
  const ConfigReader table = reader_of("mult: 3.1\nadd: 0.1\n");
  EXPECT_THAT(table.keys(), ElementsAre("mult", "add"));
}

TEST(ConfigReader, ReadsTheSameKeyTwiceWithOneRecord) {
  const ConfigReader reader = reader_of("a: 1\ns: {x: 1}\n");
  reader.required_int("a", 0, 9);
  reader.required_int("a", 0, 9);
  reader.section("s").required_int("x", 0, 9);
  reader.section("s").required_int("x", 0, 9);
  reader.finish();
  EXPECT_EQ(to_yaml(reader.effective()), "a: 1\ns:\n  x: 1\n");
}

ConfigTree read_all(const ConfigReader& reader) {
  const ConfigReader accelerator = reader.section("accelerator");
  accelerator.int_or("lanes", 16, 1, 64);
  accelerator.enum_or("policy", Policy::open, kPolicies);
  reader.double_or("period_ns", 10, 0, 100);
  reader.bool_or("prefetch", false);
  reader.integers("widths", 0, 99);
  for (const ConfigReader& run : reader.sections("runs")) {
    run.required_string("name");
    run.section("dram").int_or("rows", 5, 0, 9);
  }
  reader.optional_string("title");
  reader.finish();
  return reader.effective();
}

TEST(ConfigReader, GivesTheEffectiveConfigurationInReadingOrder) {
  const std::string yaml = to_yaml(
      read_all(reader_of("runs: [{name: '7'}]\nwidths: [8, 16]\naccelerator: {policy: closed}\n")));
  EXPECT_EQ(yaml,
            "accelerator:\n  lanes: 16\n  policy: closed\nperiod_ns: 10.0\nprefetch: false\n"
            "widths:\n- 8\n- 16\nruns:\n- name: \"7\"\n  dram:\n    rows: 5\n");
  EXPECT_EQ(to_yaml(read_all(reader_of(yaml))), yaml) << "read again it takes the same effect";
}

TEST(ConfigReader, PointsAtAKeyForTheCallersOwnChecks) {
  const ConfigReader reader = reader_of("a: 1\nslots: 2\n");
  EXPECT_EQ(refusal([&] { reader.fail("slots", "must exceed the latency, 3 cycles"); }),
            "a.yaml:2: slots: must exceed the latency, 3 cycles");
  EXPECT_EQ(refusal([&] { reader.fail("absent", "no"); }), "a.yaml:1: absent: no");
}

TEST(ConfigReader, CutsLongAndUnprintableValuesInMessages) {
  const ConfigReader reader = reader_of("a: \"\\e[31m" + std::string(500, 'x') + "\"\n");
  const std::string message = refusal([&] { reader.required_bool("a"); });
  EXPECT_LT(message.size(), 150U);
  EXPECT_EQ(message.find('\x1b'), std::string::npos);
}

}  // namespace
}  // namespace airnn
