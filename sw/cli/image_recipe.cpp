// SPDX-License-Identifier: Apache-2.0
#include "sw/cli/image_recipe.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

#include "sw/cli/option_values.h"
#include "sw/compiler/image_builder.h"
#include "sw/data/image_set.h"
#include "sw/data/preprocess.h"
#include "sw/format/errors.h"
#include "sw/model/onnx_reader.h"

namespace airnn {

namespace {

/// An image of ours that does not verify is a fault of the program, not of the user.
MemoryImage verified(std::vector<std::uint8_t> bytes) {
  try {
    return MemoryImage::parse(std::move(bytes), "the compiled image");
  } catch (const ImageError& error) {
    throw std::logic_error(error.what());
  }
}

}  // namespace

void ImageRecipe::add_to(Options& app) {
  add_clustering_options(app);
  interleaving_.add_to(app);
  preprocess_.add_to(app);
}

void ImageRecipe::add_clustering_options(Options& app) {
  const auto add = [&app](const char* name, std::string& value, const char* help, const char* type,
                          const char* group) {
    app.add_option(name, value, help)->capture_default_str()->type_name(type)->group(group);
  };
  const char* clustering = "Clusters";
  add("--scheme", scheme_,
      "base: dense, all weights at once; iterative: clusters in batches; interleaved: and sparse\n"
      "kernels share a compute unit",
      "base|iterative|interleaved", clustering);
  add("--clusters", clusters_,
      "Clusters per layer: elbow, a number, or a list such as 10,conv1=8,fc1=elbow",
      "elbow|N|layer=N,..", clustering);
  add("--batch-order", order_, "Which two clusters a batch takes", "maxmin|signed|magnitude",
      clustering);
  add("--init", init_, "optimal: the global optimum; linear, random: Lloyd from such a start",
      "optimal|linear|random", clustering);
  add("--seed", seed_, "Of --init random", "S", clustering);
  add("--always-loaded", always_loaded_,
      "Layers that are not clustered: names, first, last, pointwise, depthwise, none", "LAYER,..",
      clustering);
  const char* numbers = "Numbers";
  add("--precision", precision_, "Bits of weights and activations", "32|16|8", numbers);
  add("--index-width", index_width_, "Bits of column, row and layer numbers", "auto|8|16|32",
      numbers);
  app.add_option("--calibrate", calibrate_,
                 "Images that number formats are fitted to, besides synthetic ones")
      ->type_name("IMAGES")
      ->group(numbers);
  add("--calibrate-count", calibrate_count_, "So many of them at most", "N", numbers);
}

CompileOptions ImageRecipe::options() const {
  CompileOptions options;
  options.scheme = choice_option<Scheme>("--scheme", scheme_,
                                         {{"base", Scheme::base},
                                          {"iterative", Scheme::iterative},
                                          {"interleaved", Scheme::interleaved}});
  options.interleave = interleaving_.read(options.scheme);
  options.clusters = parse_cluster_spec(clusters_);
  options.order = choice_option<BatchOrder>("--batch-order", order_,
                                            {{"maxmin", BatchOrder::maxmin},
                                             {"signed", BatchOrder::signed_means},
                                             {"magnitude", BatchOrder::magnitude}});
  options.init = choice_option<InitMethod>("--init", init_,
                                           {{"optimal", InitMethod::optimal},
                                            {"linear", InitMethod::linear},
                                            {"random", InitMethod::random}});
  options.seed = static_cast<std::uint64_t>(
      integer_option("--seed", seed_, 0, std::numeric_limits<std::int64_t>::max()));
  options.precision =
      choice_option<int>("--precision", precision_, {{"32", 32}, {"16", 16}, {"8", 8}});
  options.index_width = choice_option<int>("--index-width", index_width_,
                                           {{"auto", 0}, {"8", 8}, {"16", 16}, {"32", 32}});
  options.always_loaded = name_list_option("--always-loaded", always_loaded_);
  return options;
}

std::vector<std::vector<float>> ImageRecipe::calibration(const Network& network) const {
  if (calibrate_.empty()) {
    return {};
  }
  const auto limit = static_cast<std::int32_t>(calibration_limit());
  const ImageSet images = read_images(calibrate_);
  check_fits(images, network);
  const InputConverter converter(network);
  std::vector<std::vector<float>> inputs;
  for (std::int32_t i = 0; i < std::min(images.count, limit); ++i) {
    inputs.push_back(converter.to_float(images, i));
  }
  return inputs;
}

std::int64_t ImageRecipe::calibration_limit() const {
  return calibrate_.empty() ? 0
                            : integer_option("--calibrate-count", calibrate_count_, 1, 1'000'000);
}

std::vector<std::string> ImageRecipe::files(const std::string& model_path) const {
  std::vector<std::string> files{model_path};
  for (const std::string& file : {preprocess_.file(model_path), calibrate_}) {
    if (!file.empty()) {
      files.push_back(file);
    }
  }
  return files;
}

CompiledImage ImageRecipe::build(const std::string& model_path, int threads,
                                 const std::function<void()>& check) const {
  CompileOptions compile_options = options();
  compile_options.threads = threads;
  Model model = read_onnx(model_path);
  if (check) {
    check();
  }
  model.network.preprocess = preprocess_.read(model_path, model.network.input.channels);
  compile_options.preprocess = model.network.preprocess;
  compile_options.calibration = calibration(model.network);
  CompileResult result = compile(model, compile_options);
  return {std::move(compile_options), std::move(result.report), verified(std::move(result.image))};
}

}  // namespace airnn
