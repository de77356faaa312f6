// SPDX-License-Identifier: Apache-2.0
// Images whose layout and checksums are right, and whose content is what docs/memory_image.md does
// not say.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <limits>

#include "testbenches/support/image_parts.h"
#include "testbenches/unit/format/sample_image.h"

namespace airnn::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

const char* const kAccepted = "<accepted>";

std::string refusal_after(Scheme scheme, const std::function<void(ImageParts&)>& change) {
  ImageParts parts = ImageParts::of(MemoryImage::parse(sample_image(scheme), "sample"));
  change(parts);
  return refusal_of_image(parts.build());
}

std::string network_refusal(Scheme scheme, const std::function<void(Network&)>& change) {
  return refusal_after(scheme, [&](ImageParts& parts) {
    Network network = parts.network();
    change(network);
    parts.set_network(network);
  });
}

std::string layer_refusal(Scheme scheme, std::size_t layer,
                          const std::function<void(Layer&)>& change) {
  return network_refusal(scheme, [&](Network& network) { change(network.layers[layer]); });
}

/// With an entry of one of the arrays of a cluster altered.
std::string array_refusal(SectionKind kind, std::uint16_t iteration, std::uint16_t cluster,
                          std::size_t at, std::uint64_t value, int bytes) {
  return refusal_after(Scheme::iterative, [&](ImageParts& parts) {
    std::vector<std::uint8_t>& array = parts.part(kind, kAllLayers, iteration, cluster).bytes;
    store_little_endian(&array.at(at), value, bytes);
  });
}

TEST(ContentCheck, AcceptsWhatIsTakenApartAndPutTogether) {
  for (const Scheme scheme : {Scheme::base, Scheme::iterative, Scheme::interleaved}) {
    const ImageParts parts = ImageParts::of(MemoryImage::parse(sample_image(scheme), "sample"));
    EXPECT_EQ(parts.build(), sample_image(scheme));
  }
}

TEST(ContentCheck, RefusesEverySectionThatIsMissingTwiceOrMoved) {
  for (const Scheme scheme : {Scheme::base, Scheme::iterative, Scheme::interleaved}) {
    const std::size_t count = section_count(sample_image(scheme));
    for (std::size_t i = 0; i < count; ++i) {
      const auto at = static_cast<std::ptrdiff_t>(i);
      EXPECT_THAT(
          refusal_after(scheme, [&](ImageParts& p) { p.parts.erase(p.parts.begin() + at); }),
          StartsWith("a.airnn: section "))
          << "without " << i;
      const std::string twice = refusal_after(
          scheme, [&](ImageParts& p) { p.parts.insert(p.parts.begin() + at, p.parts[i]); });
      EXPECT_THAT(twice, HasSubstr("is there twice")) << i;
      for (std::size_t k = i + 1; k < count; ++k) {
        const std::string swapped =
            refusal_after(scheme, [&](ImageParts& p) { std::swap(p.parts[i], p.parts[k]); });
        EXPECT_THAT(swapped, StartsWith("a.airnn: section ")) << i << " and " << k;
      }
    }
  }
}

TEST(ContentCheck, NamesWhatIsWrongWithASection) {
  const auto with = [](Scheme scheme, const Section& added) {
    return refusal_after(scheme, [&](ImageParts& p) { p.parts.push_back({added, {1, 0, 0, 0}}); });
  };
  const auto section = [](SectionKind kind, std::uint16_t layer, std::uint16_t iteration,
                          std::uint16_t cluster) {
    Section made;
    made.kind = kind;
    made.layer = layer;
    made.iteration = iteration;
    made.cluster = cluster;
    return made;
  };
  const Scheme iterative = Scheme::iterative;
  EXPECT_THAT(with(iterative, section(static_cast<SectionKind>(77), 0, 0, 0)),
              HasSubstr("kind 77 is unknown"));
  EXPECT_THAT(with(iterative, section(SectionKind::bias, 9, 0, 0)),
              HasSubstr("section bias, layer 9: there is no such layer"));
  EXPECT_THAT(with(iterative, section(SectionKind::bias, 2, 0, 0)),
              HasSubstr("section bias, layer 2: the layer has no weights"));
  EXPECT_THAT(
      with(iterative, section(SectionKind::dense_value, 0, 0, 0)),
      HasSubstr("section dense_value, layer 0: an image of scheme iterative has none such"));
  EXPECT_THAT(with(Scheme::base, section(SectionKind::value, kAllLayers, 1, 0)),
              HasSubstr("an image of scheme base has none such"));
  EXPECT_THAT(with(iterative, section(SectionKind::value, kAllLayers, 2, 5)),
              HasSubstr("section value, iteration 2, cluster 5: there is no cluster 5"));
  EXPECT_THAT(with(iterative, section(SectionKind::value, kAllLayers, 3, 0)),
              HasSubstr("section value, iteration 3, cluster 0: expected an iteration of 1 to 2"));
  EXPECT_THAT(with(iterative, section(SectionKind::value, 4, 2, 1)), HasSubstr("is of one layer"));
  EXPECT_THAT(with(Scheme::interleaved, section(SectionKind::kernel_index, 1, 2, 0)),
              HasSubstr("no convolution whose kernels can share a unit"));
  EXPECT_THAT(with(iterative, section(SectionKind::bias, 4, 1, 0)),
              HasSubstr("expected iteration 0"));
  EXPECT_THAT(refusal_after(iterative, [](ImageParts& p) { p.parts.erase(p.parts.begin() + 1); }),
              HasSubstr("section bias, layer 0: missing"));
}

TEST(ContentCheck, RefusesSectionsOfAnotherSize) {
  for (const Scheme scheme : {Scheme::base, Scheme::iterative, Scheme::interleaved}) {
    for (std::size_t i = 0; i < section_count(sample_image(scheme)); ++i) {
      const auto sized = [&](const std::function<void(std::vector<std::uint8_t>&)>& change) {
        return refusal_after(scheme, [&](ImageParts& p) { change(p.parts[i].bytes); });
      };
      const auto names_section = StartsWith("a.airnn: section ");
      EXPECT_THAT(sized([](auto& bytes) { bytes.clear(); }), names_section) << i;
      EXPECT_THAT(sized([](auto& bytes) { bytes.pop_back(); }), names_section) << i;
      EXPECT_THAT(sized([](auto& bytes) { bytes.push_back(1); }), names_section) << i;
      EXPECT_THAT(sized([](auto& bytes) { bytes.resize(2 * bytes.size(), 1); }), names_section)
          << i;
    }
  }
}

TEST(ContentCheck, RefusesIterationsThatClustersDoNotMake) {
  for (const int iterations : {1, 3, 32767}) {
    EXPECT_THAT(
        refusal_after(Scheme::iterative, [&](ImageParts& p) { p.info.iterations = iterations; }),
        HasSubstr("header: " + std::to_string(iterations) + " iterations, expected 2"));
  }
  EXPECT_THAT(refusal_after(Scheme::base, [](ImageParts& p) { p.info.iterations = 2; }),
              HasSubstr("header: 2 iterations, expected 1"));
  EXPECT_THAT(refusal_after(Scheme::iterative,
                            [](ImageParts& p) { p.info.policy = InterleavePolicy::position; }),
              HasSubstr("header: a policy of interleaving"));
  EXPECT_THAT(refusal_after(Scheme::iterative, [](ImageParts& p) { p.info.is_sparse = true; }),
              HasSubstr("header: 1 for weights without zeros, which are 1 in scheme base"));
  EXPECT_THAT(refusal_after(Scheme::base, [](ImageParts& p) { p.info.is_sparse = true; }),
              HasSubstr("section dense_value"));
}

TEST(ContentCheck, RefusesFalseCounts) {
  const Scheme iterative = Scheme::iterative;
  EXPECT_THAT(layer_refusal(iterative, 0, [](Layer& l) { l.weights = -3; }),
              HasSubstr("layer 'conv': claims -3 weights"));
  EXPECT_THAT(layer_refusal(iterative, 0, [](Layer& l) { l.weights += 1; }),
              HasSubstr("layer 'conv': claims 4 weights and 15 zeros"));
  EXPECT_THAT(layer_refusal(iterative, 0,
                            [](Layer& l) {
                              ++l.weights;
                              --l.zeros;
                            }),
              HasSubstr("claims 4 weights, but 3 are stored"));
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  EXPECT_THAT(layer_refusal(iterative, 0,
                            [](Layer& l) {
                              l.weights = most;
                              l.zeros = most;
                            }),
              HasSubstr("layer 'conv': claims"));
  EXPECT_THAT(layer_refusal(iterative, 0, [](Layer& l) { l.zeros = most; }),
              HasSubstr("layer 'conv': claims 3 weights and 9223372036854775807 zeros"));
  EXPECT_THAT(layer_refusal(iterative, 0, [](Layer& l) { l.clusters = -1; }),
              HasSubstr("claims -1 clusters"));
  EXPECT_THAT(layer_refusal(iterative, 0, [](Layer& l) { l.clusters = 65534; }),
              HasSubstr("claims 65534 clusters of 3 weights"));
  EXPECT_THAT(layer_refusal(iterative, 0, [](Layer& l) { l.clusters = 2; }),
              HasSubstr("claims 2 clusters, but 1 are stored"));
  EXPECT_THAT(layer_refusal(iterative, 4, [](Layer& l) { l.clusters = 4; }),
              HasSubstr("claims 4 clusters, but 3 are stored"));
  EXPECT_THAT(layer_refusal(iterative, 2, [](Layer& l) { l.zeros = 1; }),
              HasSubstr("layer 'add': has no kernels, but"));
  EXPECT_THAT(layer_refusal(Scheme::base, 0, [](Layer& l) { l.clusters = 1; }),
              HasSubstr("which scheme base does not have"));
  EXPECT_THAT(layer_refusal(Scheme::base, 0,
                            [](Layer& l) {
                              --l.weights;
                              ++l.zeros;
                            }),
              HasSubstr("claims 17 weights, but 18 are stored"));
}

TEST(ContentCheck, RefusesWeightsThatAreNotWhereTheirLayerHasClusters) {
  // Layer 4 has three clusters: one weight in the first, one in the second, two in the third.
  EXPECT_THAT(layer_refusal(Scheme::iterative, 4, [](Layer& l) { l.clusters = 2; }),
              HasSubstr("header: 2 iterations, expected 1"));
  EXPECT_THAT(refusal_after(Scheme::iterative,
                            [](ImageParts& p) {
                              for (std::size_t i = 4; i < 8; ++i) {
                                p.parts[i].section.cluster = 1;  // cluster 0 of iteration 1
                              }
                              p.parts.erase(p.parts.begin() + 8, p.parts.begin() + 12);
                            }),
              HasSubstr("section layer, iteration 1, cluster 1: layer 'conv' has 1 clusters"));
  EXPECT_THAT(layer_refusal(Scheme::iterative, 4, [](Layer& l) { l.clusters = 0; }),
              HasSubstr("header: 2 iterations, expected 1"));
}

TEST(ContentCheck, RefusesImpossibleEntriesOfTheFourArrays) {
  const auto value = HasSubstr("section value, iteration 1, cluster 0: ");
  const auto column = HasSubstr("section column, iteration 1, cluster 0: ");
  const auto row = HasSubstr("section row, iteration 1, cluster 0: ");
  const auto layer = HasSubstr("section layer, iteration 1, cluster 0: ");
  const auto with = [](SectionKind kind, std::size_t at, std::uint64_t entry, int bytes) {
    return array_refusal(kind, 1, 0, at, entry, bytes);
  };
  // Cluster 0 of iteration 1: weights (layer 0: row 0, columns 0, 8; row 1, column 3), (1: 1, 4),
  // (4: 2, 1); rows 0@0 1@2 1@3 2@4, layers 0@0 1@2 4@3.
  EXPECT_THAT(with(SectionKind::value, 0, 0, 4), AllOf(value, HasSubstr("a weight is zero")));
  EXPECT_THAT(with(SectionKind::column, 2, 9, 2), AllOf(column, HasSubstr("outside of its layer")));
  EXPECT_THAT(with(SectionKind::column, 2, 0, 2), AllOf(column, HasSubstr("do not ascend")));
  EXPECT_EQ(with(SectionKind::column, 2, 7, 2), kAccepted);
  EXPECT_THAT(with(SectionKind::row, 6, 2, 2), AllOf(row, HasSubstr("row 2 of layer 0")));
  EXPECT_THAT(with(SectionKind::row, 6, 0, 2), AllOf(row, HasSubstr("does not ascend")));
  EXPECT_THAT(with(SectionKind::row, 2, 1, 4), AllOf(row, HasSubstr("impossible position 1")));
  EXPECT_THAT(with(SectionKind::row, 8, 0, 4), row) << "a row of nothing";
  EXPECT_THAT(with(SectionKind::row, 20, 99, 4), row) << "behind the values";
  EXPECT_THAT(with(SectionKind::layer, 6, 0, 2), AllOf(layer, HasSubstr("do not ascend")));
  EXPECT_THAT(with(SectionKind::layer, 6, 2, 2), AllOf(layer, HasSubstr("layer 2 does not exist")));
  EXPECT_THAT(with(SectionKind::layer, 12, 9, 2),
              AllOf(layer, HasSubstr("layer 9 does not exist")));
  EXPECT_THAT(with(SectionKind::layer, 8, 9, 4), layer);
}

TEST(ContentCheck, RefusesAWeightThatIsStoredTwice) {
  // (layer 4: row 2, column 1) of iteration 1 once more in iteration 2.
  EXPECT_THAT(refusal_after(Scheme::iterative,
                            [](ImageParts& p) {
                              auto& rows = p.part(SectionKind::row, kAllLayers, 2, 0).bytes;
                              rows[0] = 2;
                            }),
              HasSubstr("section value, iteration 2, cluster 0: layer 4, row 2: a weight is in an "
                        "earlier cluster"));
}

TEST(ContentCheck, RefusesClustersInTheWrongOrder) {
  EXPECT_THAT(array_refusal(SectionKind::value, 1, 1, 0, 104, 4),
              HasSubstr("section value, iteration 1, cluster 1: layer 4: its mean is larger"));
  EXPECT_EQ(array_refusal(SectionKind::value, 1, 1, 0, 103, 4), kAccepted) << "equal means";
}

TEST(ContentCheck, RefusesTablesThatWeightsDoNotFit) {
  const auto with = [](const KernelGroups& groups, std::uint16_t blocks) {
    return refusal_after(Scheme::interleaved, [&](ImageParts& p) {
      const InterleaveTables tables = encode_groups(groups, 2);
      p.part(SectionKind::kernel_index, 0, 1, 0).bytes = tables.kernel_index;
      p.part(SectionKind::group_index, 0, 1, 0).bytes = tables.group_index;
      p.part(SectionKind::kernel_block, 0, 1, 0).bytes = tables.kernel_block;
      p.part(SectionKind::kernel_block, 0, 1, 0).section.blocks = blocks;
      p.part(SectionKind::kernel_block, 0, 2, 0).section.blocks = blocks;
    });
  };
  // Two kernels of one channel of 3x3: two weights, and one.
  EXPECT_EQ(with({{{0, 0, 1}, {1, 1, 1}}}, 2), kAccepted);
  EXPECT_EQ(with({{{0, 0, 1}}, {{1, 0, 1}}}, 2), kAccepted);
  EXPECT_THAT(with({{{0, 0, 1}}}, 2), HasSubstr("2 kernels have a weight by then, but 1"));
  EXPECT_THAT(with({{{0, 0, 1}, {1, 1, 1}}}, 8), HasSubstr("kernel 0 has weights for which"));
  EXPECT_THAT(refusal_after(Scheme::interleaved,
                            [](ImageParts& p) { p.info.policy = InterleavePolicy::block_fixed; }),
              HasSubstr("kernel 0 has weights for which its blocks have no multiplier"));
  EXPECT_THAT(refusal_after(Scheme::interleaved,
                            [](ImageParts& p) { p.info.policy = InterleavePolicy::position; }),
              HasSubstr("impossible number of blocks, 2"));
}

TEST(ContentCheck, WantsTablesOfTheFirstIterationsOfAllLayers) {
  const auto without = [](std::uint16_t iteration) {
    return refusal_after(Scheme::interleaved, [&](ImageParts& p) {
      p.parts.erase(std::remove_if(p.parts.begin(), p.parts.end(),
                                   [&](const ImageParts::Part& part) {
                                     return part.section.layer == 0 &&
                                            part.section.iteration == iteration;
                                   }),
                    p.parts.end());
    });
  };
  EXPECT_EQ(without(2), kAccepted) << "one iteration is interleaved";
  EXPECT_THAT(without(1), HasSubstr("section kernel_index, layer 0, iteration 1: missing"));
}

TEST(ContentCheck, RefusesSumsThatMayOverflow) {
  const auto with_bias = [](std::int64_t bias) {
    return refusal_after(Scheme::iterative, [&](ImageParts& p) {
      store_little_endian(p.part(SectionKind::bias, 4, 0, 0).bytes.data(),
                          static_cast<std::uint64_t>(bias), 8);
    });
  };
  EXPECT_EQ(with_bias(std::int64_t{1} << 61), kAccepted);
  const auto overflow = HasSubstr("layer 'fc': the sums of kernel 0 may exceed 64 bits");
  EXPECT_THAT(with_bias(std::numeric_limits<std::int64_t>::max()), overflow);
  EXPECT_THAT(with_bias(std::numeric_limits<std::int64_t>::min()), overflow);
}

TEST(ContentCheck, RefusesFormatsOfAnotherPrecision) {
  EXPECT_THAT(layer_refusal(Scheme::iterative, 0, [](Layer& l) { l.weight_format.bits = 16; }),
              HasSubstr("weights of 16 bits, but those of the image have 32"));
}

/// One neuron-less layer after the other: the most that a small file can ask for.
Network pooling_chain(std::size_t layers, const MapShape& map, std::int32_t window) {
  Network network = sample_network();
  network.input = map;
  network.preprocess.mean.assign(static_cast<std::size_t>(map.channels), 0);
  network.preprocess.deviation.assign(static_cast<std::size_t>(map.channels), 1);
  Layer pool = network.layers[3];
  pool.input = pool.result = pool.output = map;
  pool.output_format = network.input_format;
  pool.pool_window = Window();
  pool.pool_window.kernel_h = pool.pool_window.kernel_w = window;
  pool.pool_window.pad_top = pool.pool_window.pad_left = window / 2;
  pool.pool_window.pad_bottom = pool.pool_window.pad_right = window / 2;
  network.layers.assign(layers, pool);
  for (std::size_t i = 0; i < layers; ++i) {
    network.layers[i].name = "pool" + std::to_string(i);
    network.layers[i].source = static_cast<std::int32_t>(i) - 1;
  }
  return network;
}

std::string chain_refusal(std::size_t layers, const MapShape& map, std::int32_t window) {
  ImageParts parts;
  parts.parts.resize(1);
  parts.set_network(pooling_chain(layers, map, window));
  return refusal_of_image(parts.build());
}

TEST(ContentCheck, RefusesALayerWithoutName) {
  EXPECT_THAT(layer_refusal(Scheme::iterative, 1, [](Layer& l) { l.name.clear(); }),
              HasSubstr("layer 1 has no name"));
}

TEST(ContentCheck, RefusesALayerThatNobodyReads) {
  Network network = pooling_chain(3, {1, 4, 4}, 3);
  network.layers[2].source = 0;
  ImageParts parts;
  parts.parts.resize(1);
  parts.set_network(network);
  EXPECT_THAT(refusal_of_image(parts.build()),
              HasSubstr("layer 'pool1': no layer reads its output"));
}

TEST(ContentCheck, BoundsWhatASmallFileAsksFor) {
  EXPECT_EQ(chain_refusal(8, {1, 64, 64}, 3), kAccepted);
  EXPECT_EQ(chain_refusal(4096, {1, 4, 4}, 1), kAccepted);
  EXPECT_THAT(chain_refusal(4097, {1, 4, 4}, 1), HasSubstr("4097 layers, expected 1 to 4096"));
  EXPECT_THAT(chain_refusal(1, {2, 4096, 4096}, 1), HasSubstr("impossible input shape"));
  EXPECT_THAT(chain_refusal(2, {1, 4096, 4096}, 1), HasSubstr("its maps have 83886080 elements"));
  EXPECT_THAT(chain_refusal(1, {1, 1024, 1024}, 101), HasSubstr("operations of all iterations"));
  EXPECT_THAT(network_refusal(Scheme::iterative, [](Network& n) { n.name.assign(65537, 'x'); }),
              HasSubstr("its name has more than 65536 bytes"));
  EXPECT_THAT(layer_refusal(Scheme::iterative, 3, [](Layer& l) { l.name = "a\nb"; }),
              HasSubstr("the name of layer 3 has more than 65536 bytes, or control characters"));
  EXPECT_THAT(layer_refusal(Scheme::iterative, 3, [](Layer& l) { l.name = "conv"; }),
              HasSubstr("layer 'conv': another layer is called so"));
  EXPECT_THAT(layer_refusal(Scheme::iterative, 3, [](Layer& l) { l.name = "score_calculation"; }),
              HasSubstr("layer 'score_calculation': a unit of the machine is called so"));
  // A matrix that is zero but for its claims.
  EXPECT_THAT(network_refusal(Scheme::iterative,
                              [](Network& n) {
                                Layer& fc = n.layers[4];
                                fc.kernels = 1 << 20;
                                fc.result.channels = fc.output.channels = 1 << 20;
                                fc.columns = n.layers[3].output.size() << 4;
                                n.layers[3].output.channels <<= 4;
                                n.layers[3].result = n.layers[3].output;
                              }),
              StartsWith("a.airnn: section network: "));
}

TEST(ContentCheck, TakesATimeInProportionToTheTable) {
  // Far from the limit of a test, and far below what a search for each section would take.
  ImageParts parts = ImageParts::of(MemoryImage::parse(sample_image(Scheme::iterative), "sample"));
  ImageParts::Part bias = parts.parts[1];
  bias.bytes.clear();
  parts.parts.resize(1);
  for (std::uint32_t i = 0; i < 131064; ++i) {
    bias.section.layer = static_cast<std::uint16_t>(i);
    parts.parts.push_back(bias);
  }
  EXPECT_THAT(refusal_of_image(parts.build()), HasSubstr("section bias, layer 0: has 0 bytes"));
}

TEST(ContentCheck, RefusesUnusedBytesThatAreNotZero) {
  for (const std::size_t at : {12U, 41U, 59U}) {
    std::vector<std::uint8_t> bytes = sample_image(Scheme::iterative);
    bytes[at] ^= 0x80;
    renew_checksums(bytes);
    EXPECT_THAT(refusal_of_image(bytes), HasSubstr("unused bytes")) << at;
  }
  for (std::size_t at = 28; at < 32; ++at) {
    std::vector<std::uint8_t> bytes = sample_image(Scheme::iterative);
    table_entry(bytes, 2)[at] = 1;
    renew_checksums(bytes);
    EXPECT_THAT(refusal_of_image(bytes), HasSubstr("section bias, layer 1: unused bytes")) << at;
  }
}

}  // namespace
}  // namespace airnn::test
