// SPDX-License-Identifier: Apache-2.0
//
// Weights in bins and associative memories, as a user asks for them.
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "testbenches/support/source_path.h"
#include "testbenches/system/cli_testing.h"

namespace airnn::test {
namespace {

class CliAssociative : public CliTest {
 protected:
  CliAssociative() { good({"digits", "--count", "12", "--seed", "3", "-o", "digits"}); }

  void compile(const std::string& image, const Words& more) const {
    Words words = {"compile", model("lenet5.onnx"), "-o", image, "--scheme", "base", "-q"};
    words.insert(words.end(), more.begin(), more.end());
    good(words);
  }
  Words simulation(const std::string& image, const std::string& rows,
                   const std::string& energy = "associative_32bit") const {
    Words words = {"simulate", image,
                   "--images", "digits-images.idx",
                   "--labels", "digits-labels.idx",
                   "--run",    source_path("configs/run/default.yaml"),
                   "--set",    "energy=" + source_path("configs/energy/" + energy + ".yaml")};
    if (!rows.empty()) {
      words.insert(words.end(), {"--set", "accelerator.associative_rows=" + rows});
    }
    return words;
  }
  Json simulate(const std::string& image, const std::string& rows, const std::string& out) const {
    Words words = simulation(image, rows);
    words.insert(words.end(), {"--out", out, "-q"});
    const ProgramRun done = airnn(words);
    EXPECT_EQ(done.exit_code, 0) << done.err;
    return json_of(out + "/results.json");
  }
};

TEST_F(CliAssociative, CountsAndPricesWhatBecomesOfProducts) {
  compile("rows.airnn", {"--bins", "16", "--rows", "32", "--calibrate", "digits-images.idx"});
  compile("bins.airnn", {"--bins", "16", "--rows", "0"});
  const Json with = simulate("rows.airnn", "32", "with");
  const Json without = simulate("bins.airnn", "", "without");
  const Json& counts = with["summary"]["counts"];
  const auto count = [&](const char* name) { return counts[name].get<std::uint64_t>(); };
  EXPECT_EQ(count("zero_product") + count("cam_hit") + count("multiplication"),
            without["summary"]["counts"]["multiplication"].get<std::uint64_t>());
  EXPECT_GT(count("zero_product"), 0U);
  EXPECT_GT(count("cam_hit"), count("cam_search") / 4);
  EXPECT_LT(count("cam_hit"), count("cam_search"));
  // All bins are used, so that a key has 32 + 4 bits.
  EXPECT_EQ(count("cam_search_bit"), count("cam_search") * 32 * 36);
  EXPECT_EQ(count("product_read:32x64"), count("cam_hit"));
  const Json& energy = with["summary"]["energy_pj"];
  EXPECT_NEAR(energy["cam_search_bit"].get<double>(),
              static_cast<double>(count("cam_search_bit")) * 0.00045, 1);
  // Twice 5 pJ, times the root of 256 bytes in 8 KB.
  EXPECT_NEAR(energy["product_read:32x64"].get<double>(),
              static_cast<double>(count("cam_hit")) * 10 * 0.1767766953, 1);
  std::uint64_t rows = 0;
  std::uint64_t hits = 0;
  for (const Json& layer : with["layers"]) {
    if (layer.contains("cam_hits")) {
      rows += 32 * layer["multipliers"].get<std::uint64_t>();
      hits += layer["cam_hits"].get<std::uint64_t>();
      EXPECT_EQ(layer["memory_bits"].get<std::uint64_t>(),
                32 * (36 + 64) * layer["multipliers"].get<std::uint64_t>());
      EXPECT_EQ(
          layer["zero_products"].get<std::uint64_t>() + layer["cam_searches"].get<std::uint64_t>(),
          layer["multiplications_done"].get<std::uint64_t>());
    }
  }
  EXPECT_EQ(count("cam_row_write"), rows);
  const Json& memory = with["summary"]["associative_memory"];
  EXPECT_EQ(memory["cam_hits"].get<std::uint64_t>(), hits);
  // A multiplication costs 3.1 pJ. There is no average pooling, so that all of them are products.
  const double spent = energy["cam_search_bit"].get<double>() +
                       energy["product_read:32x64"].get<double>() +
                       energy["multiplication"].get<double>();
  const auto searches = static_cast<double>(count("cam_search"));
  EXPECT_NEAR(memory["product_energy_pj"].get<double>(), spent, 1e-6 * spent);
  EXPECT_NEAR(memory["relative_product_energy_gated"].get<double>(), spent / searches / 3.1, 1e-9);
  EXPECT_NEAR(memory["relative_product_energy"].get<double>(),
              spent / (searches + static_cast<double>(count("zero_product"))) / 3.1, 1e-9);
  EXPECT_FALSE(without["summary"].contains("associative_memory"));
  EXPECT_FALSE(without["summary"]["counts"].contains("cam_search"));
  // Four layers with weights, a cycle each, for each of twelve inputs.
  EXPECT_EQ(with["summary"]["fabric_cycles"]["compute"].get<std::uint64_t>(),
            without["summary"]["fabric_cycles"]["compute"].get<std::uint64_t>() + 4 * 12);
}

TEST_F(CliAssociative, RepricesWhatProductsCost) {
  compile("rows.airnn", {"--bins", "16", "--rows", "4", "--calibrate", "digits-images.idx"});
  simulate("rows.airnn", "4", "results");
  Words words = simulation("rows.airnn", "4", "associative_fp32");
  words.insert(words.end(), {"--out", "simulated", "-q"});
  ASSERT_EQ(airnn(words).exit_code, 0);
  good({"reprice", "results", "--energy", source_path("configs/energy/associative_fp32.yaml"),
        "--out", "repriced"});
  const Json repriced = json_of("repriced/results.json")["summary"]["associative_memory"];
  EXPECT_EQ(repriced, json_of("simulated/results.json")["summary"]["associative_memory"]);
  EXPECT_NE(repriced, json_of("results/results.json")["summary"]["associative_memory"]);
}

TEST_F(CliAssociative, ATableWithItsOwnPriceOfAStoreIsTaken) {
  compile("rows.airnn", {"--bins", "16", "--rows", "4", "--calibrate", "digits-images.idx"});
  simulate("rows.airnn", "4", "results");
  std::ifstream file(source_path("configs/energy/associative_32bit.yaml"));
  std::string table{std::istreambuf_iterator<char>(file), {}};
  const std::string before = "product_read: {pj: 5, source: ";
  const std::size_t at = table.find(before);
  ASSERT_NE(at, std::string::npos);
  const std::size_t end = table.find('}', at);
  table.insert(end, ", classes: {4x64: {pj: 0.125, source: a synthesis}}");
  write("own.yaml", table);
  good({"reprice", "results", "--energy", "own.yaml", "--out", "repriced"});
  const Json summary = json_of("repriced/results.json")["summary"];
  EXPECT_NEAR(summary["energy_pj"]["product_read:4x64"].get<double>(),
              static_cast<double>(summary["counts"]["cam_hit"].get<std::uint64_t>()) * 0.125, 1e-3);
}

TEST_F(CliAssociative, CalibratesByTheImagesThatAreAskedFor) {
  // Those from number 7 on, as a file of their own: a header of 16 bytes, and 28x28 pixels each.
  std::string some = bytes_of("digits-images.idx");
  some.erase(16, std::size_t{7} * 28 * 28);
  some[7] = 5;
  write("some.idx", some);
  const Words rows = {"--bins", "16", "--rows", "16", "--calibrate"};
  const auto image_of = [&](const Words& images) {
    Words more = rows;
    more.insert(more.end(), images.begin(), images.end());
    compile("image.airnn", more);
    return bytes_of("image.airnn");
  };
  const std::string all = image_of({"digits-images.idx"});
  const std::string last = image_of({"some.idx"});
  // Compared as truths: a difference of whole images is too much to print.
  EXPECT_TRUE(all != last);
  EXPECT_TRUE(image_of({"digits-images.idx", "--calibrate-first", "7"}) == last);
  EXPECT_TRUE(image_of({"digits-images.idx", "--calibrate-first", "0"}) == all);
  const std::string two = image_of({"some.idx", "--calibrate-count", "2"});
  EXPECT_TRUE(two != last);
  EXPECT_TRUE(image_of({"digits-images.idx", "--calibrate-count", "2", "--calibrate-first", "7"}) ==
              two);
}

// Those of an implementation in floating point: 16 bins, classes of so many bits of mantissa, 500
// images. The first layer of cifar10 is where its bins differ (docs/deviations.md).
TEST_F(CliAssociative, HitsAsOftenAsAnotherImplementation) {
  const char* folder = std::getenv("AIRNN_DATA");
  if (folder == nullptr) {
    GTEST_SKIP() << "needs MNIST and CIFAR-10: scripts/fetch-data, then set AIRNN_DATA";
  }
  const std::string data = std::string(folder) + "/";
  struct Due {
    std::string network;
    std::string rows;
    std::string match;
    double hit_rate;
  };
  for (const Due& due : {Due{"lenet5", "64", "significant:1", 0.660},
                         Due{"lenet300-100", "16", "significant:0", 0.617},
                         Due{"lenet300-100", "16", "significant:1", 0.479},
                         Due{"lenet300-100", "64", "significant:1", 0.789},
                         Due{"cifar10", "64", "significant:1", 0.603}}) {
    SCOPED_TRACE(due.network + ", " + due.rows + " rows, " + due.match);
    const bool is_mnist = due.network != "cifar10";
    const std::string images =
        data + (is_mnist ? "mnist/t10k-images-idx3-ubyte.gz" : "cifar10/test_batch.bin.gz");
    good({"compile", model(due.network + ".onnx"), "-o", "image.airnn", "--scheme", "base",
          "--bins", "16", "--rows", due.rows, "--match", due.match, "--calibrate",
          is_mnist ? data + "mnist/train-images-idx3-ubyte.gz" : images, "--calibrate-first",
          is_mnist ? "0" : "9000", "--calibrate-count", "60", "-q"});
    good({"simulate", "image.airnn", "--images", images, "--count", "40", "--run",
          source_path("configs/run/default.yaml"), "--set",
          "accelerator.associative_rows=" + due.rows, "--set",
          "energy=" + source_path("configs/energy/associative_fp32.yaml"), "--out", "out", "-q"});
    const Json memory = json_of("out/results.json")["summary"]["associative_memory"];
    EXPECT_NEAR(memory["hit_rate"].get<double>(), due.hit_rate, 0.015);
  }
}

TEST_F(CliAssociative, RefusesWithOneMessage) {
  const Words image = {"compile", model("lenet5.onnx"), "-o", "wrong.airnn"};
  const auto refused = [&](const Words& more, const std::string& message) {
    Words words = image;
    words.insert(words.end(), more.begin(), more.end());
    expect_refused(words, message);
  };
  refused({"--rows", "16"}, "--rows: belongs to --bins; the weights are in none");
  refused({"--bins", "16"},
          "--rows: the rows are those that images need most often; expected --calibrate IMAGES, or "
          "--rows 0");
  refused({"--bins", "257", "--rows", "0"}, "--bins: '257'; expected an integer from 0 to 256");
  refused({"--bins", "1", "--rows", "0"}, "--bins: 1; expected 2 to 256, or 0 for none");
  refused({"--bins", "16", "--precision", "8", "--calibrate", "digits-images.idx"},
          "--rows: a search costs more than a multiplication of 8 bits; expected --precision 32 or "
          "16, or --rows 0");
  refused({"--bins", "16", "--precision", "16", "--match", "fixed:16", "--calibrate",
           "digits-images.idx"},
          "--match: fixed:16 leaves nothing of 16 bits; expected at most 15");
  refused(
      {"--bins", "16", "--calibrate", "digits-images.idx", "--calibrate-first", "12"},
      "digits-images.idx: 12 images, from number 0; --calibrate-first is 12, expected at most 11");
  write("multipliers.yaml", "multipliers:\n  trunc_6: {formula: trunc, columns: 6}\n");
  write("machine.yaml", "multipliers: multipliers.yaml\nelements: [trunc_6]\n");
  refused({"--bins", "16", "--rows", "0", "--precision", "8", "--accelerator", "machine.yaml"},
          "--bins: the multipliers of layer '/0/Conv' are a table of products; expected exact ones "
          "beside bins");

  compile("rows.airnn", {"--bins", "16", "--rows", "8", "--calibrate", "digits-images.idx"});
  compile("bins.airnn", {"--bins", "16", "--rows", "0"});
  expect_refused(simulation("rows.airnn", ""),
                 "layer /0/Conv: the image has 8 match rows, the machine has 0; expected the same");
  expect_refused(simulation("rows.airnn", "16"),
                 "layer /0/Conv: the image has 8 match rows, the machine has 16");
  expect_refused(simulation("bins.airnn", "8"),
                 "layer /0/Conv: the image has 0 match rows, the machine has 8");
  expect_refused(simulation("rows.airnn", "8", "horowitz_han_45nm"), "cam_search_bit");
  Words other = simulation("rows.airnn", "8");
  other.insert(other.end(), {"--set", "accelerator.layers./3/Conv.engine=mac"});
  expect_refused(other,
                 "layer /3/Conv: the image has match rows, which engine 'mac' does not have");
}

}  // namespace
}  // namespace airnn::test
