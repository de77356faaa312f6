// SPDX-License-Identifier: Apache-2.0
#include <limits>

#include "sw/compiler/option_rows.h"
#include "sw/format/bin_tables.h"
#include "sw/format/errors.h"

namespace airnn {

namespace {

using namespace option_rows;

constexpr const char* kClusters = "Clusters";
constexpr const char* kNumbers = "Numbers";
constexpr const char* kBins = "Bins, and an associative memory beside the multipliers";
constexpr const char* kLines = "Lines (--weights line)";
constexpr const char* kInterleaving = "Interleaving (--scheme interleaved)";
constexpr const char* kPreprocessing = "Preprocessing (input = (pixel * scale - mean) / std)";

// The bounds of the same keys in a file.
constexpr double kTiny = 1e-9;
constexpr double kHuge = 1e9;
/// A file cannot have more.
constexpr std::int64_t kMostImages = std::numeric_limits<std::int32_t>::max();
constexpr auto kAnyNumber = std::numeric_limits<std::size_t>::max();

CompileOption clusters() {
  return parsed(
      {"clusters", kClusters,
       "Clusters per layer: elbow, a number, or a list such as 10,conv1=8,fc1=elbow"},
      [](CompileRequest & r) -> auto& { return r.options.clusters; },
      [](const std::string& /*flag*/, const std::string& text) { return parse_cluster_spec(text); },
      [](const ClusterSpec& spec) { return cluster_spec_text(spec); }, "elbow|N|layer=N,..");
}

CompileOption seed() {
  CompileOption option = integer(
      {"seed", kClusters, "Of --init random"},
      [](CompileRequest & r) -> auto& { return r.options.seed; }, 0,
      std::numeric_limits<std::int64_t>::max(), "S");
  option.applies = [](const CompileRequest& r) { return r.options.init == InitMethod::random; };
  return option;
}

CompileOption always_loaded() {
  return parsed(
      {"always-loaded", kClusters,
       "Layers that are not clustered: names, first, last, pointwise, depthwise, none"},
      [](CompileRequest & r) -> auto& { return r.options.always_loaded; }, name_list_option,
      [](const std::vector<std::string>& names) {
        return fmt::format("{}", fmt::join(names, ","));
      },
      "LAYER,..");
}

CompileOption clustered() {
  CompileOption option = parsed(
      {"clustered", kClusters,
       "Instead, the layers that are: names, first, last, pointwise, depthwise, all"},
      [](CompileRequest & r) -> auto& { return r.options.clustered; }, name_list_option,
      [](const std::vector<std::string>& names) {
        return fmt::format("{}", fmt::join(names, ","));
      },
      "LAYER,..");
  option.applies = [](const CompileRequest& r) {
    return r.options.clustered != CompileOptions().clustered;
  };
  return option;
}

/// An option of --calibrate.
CompileOption of_calibration(CompileOption option) {
  option.applies = [](const CompileRequest& r) { return !r.calibration_file.empty(); };
  return option;
}

CompileOption calibration_first() {
  return of_calibration(
      integer({"calibrate-first", kNumbers, "Number of the first of them, from 0"},
              &CompileRequest::calibration_first, 0, kMostImages));
}

CompileOption calibration_count() {
  return of_calibration(integer({"calibrate-count", kNumbers, "So many of them at most"},
                                &CompileRequest::calibration_count, 1, 1'000'000));
}

/// An option of scheme interleaved alone.
CompileOption interleaving(CompileOption option) {
  option.role = OptionRole::scheme;
  option.applies = [](const CompileRequest& r) { return r.options.scheme == Scheme::interleaved; };
  option.refusal = [](const CompileRequest& r) {
    return fmt::format("belongs to --scheme interleaved; the scheme is {}",
                       to_string(r.options.scheme));
  };
  return option;
}

/// An option of eight bits alone.
CompileOption of_bytes(CompileOption option) {
  option.applies = [](const CompileRequest& r) { return r.options.precision == 8; };
  option.refusal = [](const CompileRequest& r) {
    return fmt::format("belongs to --precision 8; the precision is {}", r.options.precision);
  };
  return option;
}

CompileOption drops_signs() {
  return of_bytes(flag(
      {"unsigned", kNumbers, "Of --precision 8: tensors that cannot be negative have no sign"},
      [](CompileRequest & r) -> auto& { return r.options.drops_signs; }));
}

CompileOption tune_weights() {
  return of_bytes(parsed(
      {"tune-weights", kNumbers,
       "Layers whose weights are replaced by those that their multipliers treat better: names, "
       "all, "
       "none"},
      &CompileRequest::tuned, name_list_option,
      [](const std::vector<std::string>& names) {
        return fmt::format("{}", fmt::join(names, ","));
      },
      "none|all|LAYER,.."));
}

CompileOption bins() {
  CompileOption option = integer(
      {"bins", kBins,
       "Most bins of a layer, 2 to 256: weights become the centres of theirs, and are stored as a\n"
       "byte; 0: none"},
      [](CompileRequest & r) -> auto& { return r.options.bins; }, 0,
      static_cast<std::int64_t>(kMaxBins), "B");
  // Without bins an image is called as ever.
  option.applies = [](const CompileRequest& r) { return r.options.bins > 0; };
  return option;
}

/// An option of weights in bins alone.
CompileOption of_bins(CompileOption option) {
  option.applies = [](const CompileRequest& r) { return r.options.bins > 0; };
  option.refusal = [](const CompileRequest& /*r*/) {
    return "belongs to --bins; the weights are in none";
  };
  return option;
}

CompileOption rows() {
  std::vector<NamedValue<int>> counts{{"0", 0}};
  for (int count = 1; count <= static_cast<int>(kMaxMatchRows); count *= 2) {
    counts.push_back({std::to_string(count), count});
  }
  return of_bins(choice(
      {"rows", kBins,
       "Rows of the memory beside each multiplier: the products that the images of --calibrate\n"
       "need most often; a power of two, 0: none"},
      &CompileRequest::rows, counts, "R"));
}

CompileOption match() {
  CompileOption option = of_bins(parsed(
      {"match", kBins,
       "Activations that a row stands for: those with the same T bits behind the leading one, or\n"
       "those that differ in N low bits only"},
      [](CompileRequest & r) -> auto& { return r.options.match; }, parse_match_classes,
      match_classes_text, "significant:T|fixed:N"));
  const auto has_bins = option.applies;
  const auto no_bins = option.refusal;
  option.applies = [has_bins](const CompileRequest& r) { return has_bins(r) && r.rows > 0; };
  option.refusal = [has_bins, no_bins](const CompileRequest& r) {
    return has_bins(r) ? "belongs to --rows; there are none" : no_bins(r);
  };
  return option;
}

CompileOption weights() {
  CompileOption option = choice(
      {"weights", kLines,
       "plain: a word per weight; line: lines through weights that follow each other, which then\n"
       "are what the lines give"},
      [](CompileRequest & r) -> auto& { return r.options.weights; },
      {{"plain", WeightForm::plain}, {"line", WeightForm::line}});
  // Without lines an image is called as ever.
  option.applies = [](const CompileRequest& r) { return r.options.weights == WeightForm::line; };
  return option;
}

/// An option of weights as lines alone.
CompileOption of_lines(CompileOption option) {
  option.applies = [](const CompileRequest& r) { return r.options.weights == WeightForm::line; };
  option.refusal = [](const CompileRequest& /*r*/) {
    return "belongs to --weights line; the weights are plain";
  };
  return option;
}

CompileOption delta() {
  return of_lines(real(
      {"delta", kLines, "Tolerance, in percent of the range of the weights"},
      [](CompileRequest & r) -> auto& { return r.options.lines.delta; }, 0, 100, "D"));
}

CompileOption line_rule() {
  return of_lines(choice({"line-rule", kLines,
                          "bound: every weight is within the tolerance; monotonic: a line goes on "
                          "while every\nstep has its sign, but for the tolerance"},
                         [](CompileRequest & r) -> auto& { return r.options.lines.rule; },
                         {{"bound", LineRule::bound}, {"monotonic", LineRule::monotonic}}));
}

CompileOption line_range() {
  return of_lines(choice({"line-range", kLines,
                          "Whose range: the layer's, or each kernel's, which no line crosses then"},
                         [](CompileRequest & r) -> auto& { return r.options.lines.range; },
                         {{"layer", LineRange::layer}, {"kernel", LineRange::kernel}}));
}

CompileOption line_layers_option() {
  return of_lines(parsed(
      {"line-layers", kLines,
       "Layers whose weights are lines; others than all only with --scheme base"},
      [](CompileRequest & r) -> auto& { return r.options.lines.layers; }, name_list_option,
      [](const std::vector<std::string>& names) {
        return fmt::format("{}", fmt::join(names, ","));
      },
      "all|largest|LAYER,.."));
}

CompileOption scheme() {
  CompileOption option = choice(
      {"scheme", kClusters,
       "base: dense, all weights at once; iterative: clusters in batches; interleaved: and sparse\n"
       "kernels share a compute unit"},
      [](CompileRequest & r) -> auto& { return r.options.scheme; },
      {{"base", Scheme::base},
       {"iterative", Scheme::iterative},
       {"interleaved", Scheme::interleaved}});
  option.role = OptionRole::scheme;
  return option;
}

CompileOption sparse() {
  CompileOption option = flag(
      {"sparse", kClusters, "Scheme base: only weights that are not zero, in CRS, all at once"},
      [](CompileRequest & r) -> auto& { return r.options.sparse; });
  option.role = OptionRole::scheme;
  option.applies = [](const CompileRequest& r) { return r.options.scheme == Scheme::base; };
  option.refusal = [](const CompileRequest& r) {
    return fmt::format("belongs to --scheme base; clusters have no zeros, and the scheme is {}",
                       to_string(r.options.scheme));
  };
  return option;
}

CompileOption policy() {
  return interleaving(
      choice({"policy", kInterleaving, "Which kernels fit together"},
             [](CompileRequest & r) -> auto& { return r.options.interleave.policy; },
             {{"block", InterleavePolicy::block},
              {"block_fixed", InterleavePolicy::block_fixed},
              {"position", InterleavePolicy::position}}));
}

CompileOption blocks() {
  std::vector<NamedValue<int>> counts{{"auto", 0}};
  for (int count = 1; count <= static_cast<int>(kMaxBlocks); count *= 2) {
    counts.push_back({std::to_string(count), count});
  }
  CompileOption option = interleaving(choice(
      {"blocks", kInterleaving,
       "Blocks of a channel's multipliers, a power of two; auto: by layer"},
      [](CompileRequest & r) -> auto& { return r.options.interleave.blocks; }, counts, "auto|N"));
  const auto interleaved = option.applies;
  const auto other_scheme = option.refusal;
  option.applies = [interleaved](const CompileRequest& r) {
    return interleaved(r) && r.options.interleave.policy != InterleavePolicy::position;
  };
  option.refusal = [interleaved, other_scheme](const CompileRequest& r) {
    return interleaved(r) ? "policy position has no blocks" : other_scheme(r);
  };
  return option;
}

CompileOption grouping() {
  return interleaving(
      choice({"grouping", kInterleaving, "greedy: the paper's method; best: the best of several"},
             [](CompileRequest & r) -> auto& { return r.options.interleave.grouping; },
             {{"greedy", GroupingMethod::greedy}, {"best", GroupingMethod::best}}));
}

CompileOption interleaved_iterations() {
  return interleaving(integer(
      {"interleaved-iterations", kInterleaving, "So many are interleaved, from the first on"},
      [](CompileRequest & r) -> auto& { return r.options.interleave.iterations; }, 1,
      std::numeric_limits<std::int16_t>::max()));
}

}  // namespace

const CompileOptionTable& compile_options() {
  static const CompileOptionTable table{
      scheme(),
      sparse(),
      clusters(),
      choice({"batch-order", kClusters, "Which two clusters a batch takes"},
             [](CompileRequest & r) -> auto& { return r.options.order; },
             {{"maxmin", BatchOrder::maxmin},
              {"signed", BatchOrder::signed_means},
              {"magnitude", BatchOrder::magnitude}}),
      choice({"init", kClusters,
              "optimal: the global optimum; linear, random: Lloyd from such a start"},
             [](CompileRequest & r) -> auto& { return r.options.init; },
             {{"optimal", InitMethod::optimal},
              {"linear", InitMethod::linear},
              {"random", InitMethod::random}}),
      seed(),
      always_loaded(),
      clustered(),
      choice({"precision", kNumbers, "Bits of weights and activations"},
             [](CompileRequest & r) -> auto& { return r.options.precision; },
             {{"32", 32}, {"16", 16}, {"8", 8}}),
      drops_signs(),
      file({"accelerator", kNumbers, "Machine whose multipliers the weights are for"},
           &CompileRequest::accelerator_file, "FILE.yaml"),
      tune_weights(),
      choice({"index-width", kNumbers, "Bits of column, row and layer numbers"},
             [](CompileRequest & r) -> auto& { return r.options.index_width; },
             {{"auto", 0}, {"8", 8}, {"16", 16}, {"32", 32}}),
      file({"calibrate", kNumbers,
            "Images that number formats are fitted to, besides synthetic ones"},
           &CompileRequest::calibration_file, "IMAGES"),
      calibration_first(),
      calibration_count(),
      bins(),
      rows(),
      match(),
      weights(),
      delta(),
      line_rule(),
      line_range(),
      line_layers_option(),
      policy(),
      blocks(),
      grouping(),
      interleaved_iterations(),
      file({"preprocess", kPreprocessing,
            "File with a section 'preprocess'; without it the .yaml beside the model, if any"},
           &CompileRequest::preprocess_file, "FILE.yaml"),
      reals({"scale", kPreprocessing, "Factor of a pixel (0..255)"}, &CompileRequest::scale, kTiny,
            kHuge, 1, "X"),
      reals({"mean", kPreprocessing, "One number, or one per channel"}, &CompileRequest::mean,
            -kHuge, kHuge, kAnyNumber, "X,.."),
      reals({"std", kPreprocessing, "One number, or one per channel"}, &CompileRequest::deviation,
            kTiny, kHuge, kAnyNumber, "X,..")};
  return table;
}

}  // namespace airnn
