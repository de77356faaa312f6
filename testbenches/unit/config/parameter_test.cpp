// SPDX-License-Identifier: Apache-2.0
#include "sw/config/parameter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testbenches/unit/config/config_testing.h"

namespace airnn {
namespace {

enum class Colour { red, blue };

struct Inner {
  unsigned deep = 7;
};

struct Thing {
  int count = 3;
  double weight = 0.5;
  bool heavy = true;
  Colour colour = Colour::blue;
  std::string name = "a thing";
  Inner inner;
  std::uint64_t period_ps = 500;
  int derived = 0;
};

using Row = Parameter<Thing>;

ParameterTable<Thing> table() {
  return {
      Row::integer("count", &Thing::count, 1, 9, "How many"),
      Row::real("weight", &Thing::weight, 0.0, 2.0, "In kg"),
      Row::flag("heavy", &Thing::heavy, "Whether it is heavy"),
      Row::choice("colour", &Thing::colour, {{"red", Colour::red}, {"blue", Colour::blue}},
                  "Of the outside"),
      Row::text("name", &Thing::name, "text", "What it is called"),
      Row::integer(
          "deep", [](Thing & thing) -> auto& { return thing.inner.deep; }, 0, 64, "Of the inside"),
      Row::real_of(
          "gigahertz", [](const Thing& thing) { return 1e3 / double(thing.period_ps); },
          [](Thing& thing, double value) { thing.period_ps = std::uint64_t(1e3 / value); }, 1, 4,
          "Its clock"),
      Row::integer("derived", &Thing::derived, 0, 100, "Ten times count")
          .otherwise("10 * count", [](Thing& thing) { thing.derived = 10 * thing.count; })};
}

Thing read(const std::string& text, const ParameterTable<Thing>& keys = table(), Thing thing = {}) {
  const ConfigReader reader = reader_of(text);
  read_parameters(keys, reader, thing);
  reader.finish();
  return thing;
}

TEST(Parameter, SetsTheFieldOfEveryKind) {
  const Thing thing = read(
      "{count: 5, weight: 1.5, heavy: false, colour: red, name: x, deep: 8, gigahertz: 4, "
      "derived: 1}");
  EXPECT_EQ(thing.count, 5);
  EXPECT_EQ(thing.weight, 1.5);
  EXPECT_FALSE(thing.heavy);
  EXPECT_EQ(thing.colour, Colour::red);
  EXPECT_EQ(thing.name, "x");
  EXPECT_EQ(thing.inner.deep, 8U);
  EXPECT_EQ(thing.period_ps, 250U);
  EXPECT_EQ(thing.derived, 1);
}

TEST(Parameter, LeavesWhatTheFieldHoldsWhereTheKeyIsAbsent) {
  Thing other;
  other.count = 8;
  other.inner.deep = 1;
  const Thing thing = read("{}", table(), other);
  EXPECT_EQ(thing.count, 8);
  EXPECT_EQ(thing.inner.deep, 1U);
  EXPECT_EQ(thing.colour, Colour::blue);
  EXPECT_EQ(thing.period_ps, 500U);
  EXPECT_EQ(thing.derived, 80) << "of what was read before";
}

TEST(Parameter, SaysWhatTookEffect) {
  const ConfigReader reader = reader_of("count: 4");
  Thing thing;
  read_parameters(table(), reader, thing);
  EXPECT_EQ(to_yaml(reader.effective()),
            "count: 4\nweight: 0.5\nheavy: true\ncolour: blue\nname: \"a thing\"\ndeep: 7\n"
            "gigahertz: 2.0\nderived: 40\n");
}

TEST(Parameter, RefusesWhatItsRangeDoesNotHave) {
  EXPECT_EQ(refusal([] { read("count: 10"); }),
            "a.yaml:1: count: expected an integer from 1 to 9, found '10'");
  EXPECT_EQ(refusal([] { read("weight: 2.5"); }),
            "a.yaml:1: weight: expected a number from 0.0 to 2.0, found '2.5'");
  EXPECT_EQ(refusal([] { read("gigahertz: 0.5"); }),
            "a.yaml:1: gigahertz: expected a number from 1.0 to 4.0, found '0.5'");
  EXPECT_EQ(refusal([] { read("heavy: 1"); }),
            "a.yaml:1: heavy: expected true or false, found '1'");
  EXPECT_EQ(refusal([] { read("colour: blu"); }),
            "a.yaml:1: colour: expected one of red, blue, found 'blu'; did you mean 'blue'?");
  EXPECT_EQ(refusal([] { read("size: 1"); }), "a.yaml:1: unknown key 'size'");
}

TEST(Parameter, RefusesTheAbsenceOfWhatIsRequired) {
  const ParameterTable<Thing> keys{Row::integer("count", &Thing::count, 1, 9, "").required(),
                                   Row::real("weight", &Thing::weight, 0, 2, "").required(),
                                   Row::text("name", &Thing::name, "text", "").required()};
  EXPECT_THAT(refusal([&] { read("{weight: 1, name: x}", keys); }), testing::HasSubstr("'count'"));
  EXPECT_THAT(refusal([&] { read("{count: 1, name: x}", keys); }), testing::HasSubstr("'weight'"));
  EXPECT_THAT(refusal([&] { read("{weight: 1, count: 1}", keys); }), testing::HasSubstr("'name'"));
  EXPECT_EQ(read("{count: 1, weight: 2, name: x}", keys).weight, 2);
  for (const Row& key : keys) {
    EXPECT_EQ(key.description().fallback, "") << key.description().key;
  }
}

TEST(Parameter, DescribesItself) {
  const ParameterSection section = parameter_section("things", "a.", table());
  EXPECT_EQ(section.title, "things");
  EXPECT_EQ(section.prefix, "a.");
  std::string text;
  for (const ParameterText& key : section.keys) {
    text += key.key + " | " + key.fallback + " | " + kind_text(key.values) + " | " +
            range_text(key.values) + " | " + key.sentence + "\n";
  }
  EXPECT_EQ(text,
            "count | 3 | integer | 1 .. 9 | How many\n"
            "weight | 0.5 | number | 0.0 .. 2.0 | In kg\n"
            "heavy | true | flag | true, false | Whether it is heavy\n"
            "colour | blue | choice | red, blue | Of the outside\n"
            "name | a thing | text | text | What it is called\n"
            "deep | 7 | integer | 0 .. 64 | Of the inside\n"
            "gigahertz | 2.0 | number | 1.0 .. 4.0 | Its clock\n"
            "derived | 10 * count | integer | 0 .. 100 | Ten times count\n");
}

}  // namespace
}  // namespace airnn
