// SPDX-License-Identifier: Apache-2.0
#include "sw/results/record_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "sw/format/errors.h"
#include "testbenches/unit/results/sample_run.h"

namespace airnn::test {
namespace {

using testing::HasSubstr;
using testing::StartsWith;
using Bytes = std::vector<std::uint8_t>;
using Json = nlohmann::json;

RunRecord sample() {
  std::vector<PricedAction> more = channel_actions();
  more.push_back({Action::multiplication, "fine"});
  return SampleRun(usual_actions_and(more)).record();
}

std::string refusal_of_record(const Bytes& bytes) {
  try {
    decode_record(bytes, "scraps/a.records");
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

std::string refusal_of_record(const Json& document) {
  return refusal_of_record(Json::to_cbor(document));
}

TEST(RecordCodec, GivesBackWhatItWrote) {
  const RunRecord due = sample();
  const RunRecord read = decode_record(encode_record(due), "record");
  EXPECT_EQ(encode_record(read), encode_record(due));
  EXPECT_EQ(read.counted, due.counted);
  EXPECT_EQ(read.total_cycles(), due.total_cycles());
  const PricedAction fine = {Action::multiplication, "fine"};
  ASSERT_GT(due.inputs[2].counts[fine], 0U);
  for (const PricedAction& what : due.counted) {
    EXPECT_EQ(read.inputs[2].counts[what], due.inputs[2].counts[what]) << what.name();
    EXPECT_EQ(read.boot_counts[what], due.boot_counts[what]) << what.name();
  }
  EXPECT_EQ(read.inputs[2].scores, due.inputs[2].scores);
  EXPECT_EQ(read.layers[1][1].saturated, due.layers[1][1].saturated);
  EXPECT_EQ(read.units[1].name, "conv");
}

TEST(RecordCodec, RefusesEveryRecordThatIsCutOff) {
  const Bytes good = encode_record(sample());
  ASSERT_EQ(refusal_of_record(good), "");
  for (std::size_t size = 0; size < good.size(); size += 7) {
    const Bytes part(good.begin(), good.begin() + static_cast<std::ptrdiff_t>(size));
    EXPECT_THAT(refusal_of_record(part), StartsWith("scraps/a.records: not the record of a run: "))
        << size;
  }
}

TEST(RecordCodec, RefusesPartsThatAreMissingOrOfAnotherKind) {
  const Json good = Json::from_cbor(encode_record(sample()));
  for (const auto& [key, value] : good.items()) {
    Json without = good;
    without.erase(key);
    EXPECT_THAT(refusal_of_record(without), HasSubstr(key)) << key;
    Json other = good;
    other[key] = "x";
    EXPECT_THAT(refusal_of_record(other), HasSubstr("not the record of a run")) << key;
  }
}

TEST(RecordCodec, KeepsWhatWiresCarriedAndRefusesThoseThatLeadNowhere) {
  RunRecord due = sample();
  EXPECT_FALSE(Json::from_cbor(encode_record(due)).contains("link")) << "streams share nothing";
  due.boot_link = {{{"0", 0, 0, {"memory"}}, {"1", 1, 0, {}}},
                   {{"link 0 to 1", 0, 1, false, false, {3, 6}}}};
  due.link = due.boot_link;
  due.link.wires[0].load = {7, 14};
  const RunRecord read = decode_record(encode_record(due), "record");
  EXPECT_EQ(encode_record(read), encode_record(due));
  EXPECT_EQ(read.link.nodes[0].units, std::vector<std::string>{"memory"});
  EXPECT_EQ(read.link.wires[0].load.busy, 14U);
  EXPECT_EQ(read.boot_link.wires[0].load.flits, 3U);
  Json other = Json::from_cbor(encode_record(due));
  other["link"]["wires"][0]["to"] = 2;
  EXPECT_THAT(refusal_of_record(other), HasSubstr("contradict"));
  other = Json::from_cbor(encode_record(due));
  other.erase("boot_link");
  EXPECT_THAT(refusal_of_record(other), HasSubstr("boot_link"));
}

TEST(RecordCodec, RefusesNumbersThatAreNotWhole) {
  Json other = Json::from_cbor(encode_record(sample()));
  other["cycles"] = -1e300;
  EXPECT_THAT(refusal_of_record(other), HasSubstr("a number is not whole"));
}

TEST(RecordCodec, RefusesPartsThatContradictEachOther) {
  const Json good = Json::from_cbor(encode_record(sample()));
  Json record = good;
  record["iterations"].erase(1);
  EXPECT_THAT(refusal_of_record(record), HasSubstr("contradict"));
  record = good;
  record["units"].erase(1);
  EXPECT_THAT(refusal_of_record(record), HasSubstr("contradict"));
  record = good;
  record["inputs"][0]["scores"] = {1, 2, 3};
  EXPECT_THAT(refusal_of_record(record), HasSubstr("contradict"));
  record = good;
  record["counted"][0] = "gravitation";
  EXPECT_THAT(refusal_of_record(record), HasSubstr("gravitation"));
  record = good;
  record["boot_counts"]["of"].erase(0);
  EXPECT_THAT(refusal_of_record(record), HasSubstr("not the record of a run"));
}

TEST(RecordCodec, GivesBackPredictions) {
  const Predictions due = {{1, 2, -1}, {}, {3}};
  EXPECT_EQ(decode_predictions(encode_predictions(due), "file"), due);
  Bytes cut = encode_predictions(due);
  cut.pop_back();
  try {
    decode_predictions(cut, "a.predictions");
    ADD_FAILURE() << "they are not refused";
  } catch (const UserError& error) {
    EXPECT_THAT(error.what(), StartsWith("a.predictions: not predictions: "));
  }
}

}  // namespace
}  // namespace airnn::test
