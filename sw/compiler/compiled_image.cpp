// SPDX-License-Identifier: Apache-2.0
#include "sw/compiler/compiled_image.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "sw/compiler/image_builder.h"
#include "sw/compiler/line_coding.h"
#include "sw/compiler/tuned_layers.h"
#include "sw/config/config_document.h"
#include "sw/data/image_set.h"
#include "sw/data/preprocess.h"
#include "sw/data/preprocess_file.h"
#include "sw/format/errors.h"
#include "sw/model/onnx_reader.h"
#include "sw/multiplier/layer_elements.h"

namespace airnn {

namespace {

std::string preprocess_file(const CompileRequest& request, const std::string& model_path) {
  return request.preprocess_file.empty() ? preprocess_file_beside(model_path)
                                         : request.preprocess_file;
}

/// One number per channel, over those that are there.
void put_over(const std::string& option, std::vector<double> numbers, std::int32_t channels,
              std::vector<double>& values) {
  const auto count = static_cast<std::size_t>(channels);
  if (numbers.empty()) {
    return;
  }
  if (numbers.size() == 1) {
    numbers.assign(count, numbers.front());
  }
  if (numbers.size() != count) {
    throw UserError(fmt::format("{}: {} numbers; expected 1 or {}, one per channel of the input",
                                option, numbers.size(), count));
  }
  values = std::move(numbers);
}

Preprocess preprocessing(const CompileRequest& request, const std::string& model_path,
                         std::int32_t channels) {
  const std::string path = preprocess_file(request, model_path);
  Preprocess rule =
      path.empty() ? default_preprocess(channels) : read_preprocess_yaml(path, channels);
  rule.scale = request.scale.empty() ? rule.scale : request.scale.front();
  put_over("--mean", request.mean, channels, rule.mean);
  put_over("--std", request.deviation, channels, rule.deviation);
  return rule;
}

std::vector<std::vector<float>> calibration(const CompileRequest& request, const Network& network) {
  if (request.calibration_file.empty()) {
    return {};
  }
  const ImageSet images =
      read_images(request.calibration_file,
                  std::int64_t{request.calibration_first} + request.calibration_count);
  check_fits(images, network);
  const InputConverter converter(network);
  const auto first = static_cast<std::int32_t>(request.calibration_first);
  if (first >= images.count) {
    throw DataError(
        fmt::format("{}: {} images, from number 0; --calibrate-first is {}, expected at most {}",
                    request.calibration_file, images.count, first, images.count - 1));
  }
  const auto count = std::min<std::int64_t>(images.count - first, request.calibration_count);
  std::vector<std::vector<float>> inputs;
  for (std::int64_t i = 0; i < count; ++i) {
    inputs.push_back(converter.to_float(images, static_cast<std::int32_t>(first + i)));
  }
  return inputs;
}

/// The file of multipliers that a machine names, if any.
std::string multipliers_file(const std::string& accelerator_file) {
  return accelerator_file.empty() ? ""
                                  : ConfigDocument::load(accelerator_file)
                                        .reader()
                                        .optional_path("multipliers")
                                        .value_or("");
}

LayerElements elements_of(const CompileRequest& request, const Network& network) {
  if (request.elements != nullptr) {
    return *request.elements;
  }
  return request.accelerator_file.empty()
             ? LayerElements()
             : read_layer_elements(ConfigDocument::load(request.accelerator_file).reader(), network,
                                   request.options.precision, {"exact"});
}

void set_tables(const LayerElements& elements, Network& network) {
  for (std::size_t i = 0; i < network.layers.size(); ++i) {
    const Element* element = elements.of(i);
    network.layers[i].product_table = element == nullptr ? 0 : element->product_table();
  }
}

/// Without bins there are no rows.
int rows_of(const CompileRequest& request) {
  return request.options.bins > 0 ? request.rows : 0;
}

/// An image of ours that does not verify is a fault of the program, not of the user.
MemoryImage verified(std::vector<std::uint8_t> bytes) {
  try {
    return MemoryImage::parse(std::move(bytes), "the compiled image");
  } catch (const ImageError& error) {
    throw std::logic_error(error.what());
  }
}

}  // namespace

void set_match_rows(const CompileRequest& request, Network& network) {
  for (Layer& layer : network.layers) {
    if (layer.has_weights()) {
      layer.weight_format.bits = request.options.precision;
      layer.match_rows = static_cast<std::uint32_t>(rows_of(request));
    }
  }
}

void set_lines(const CompileRequest& request, Network& network) {
  if (request.options.weights == WeightForm::line) {
    const std::vector<bool> coded = line_layers(request.options.lines, network);
    for (std::size_t i = 0; i < network.layers.size(); ++i) {
      network.layers[i].has_lines = coded[i];
    }
  }
}

void set_product_tables(const CompileRequest& request, Network& network) {
  set_tables(elements_of(request, network), network);
}

CompiledImage compile_image(const CompileRequest& request, const std::string& model_path,
                            int threads, const std::function<void()>& check,
                            const Checkpoint& checkpoint) {
  CompileOptions options = request.options;
  options.threads = threads;
  options.checkpoint = checkpoint;
  Model model = read_onnx(model_path);
  const LayerElements elements = elements_of(request, model.network);
  set_tables(elements, model.network);
  options.tuned_for = tuned_layers(request.tuned, model.network, elements);
  if (check) {
    check();
  }
  model.network.preprocess = preprocessing(request, model_path, model.network.input.channels);
  options.preprocess = model.network.preprocess;
  options.calibration = calibration(request, model.network);
  options.rows = rows_of(request);
  CompileResult result = compile(model, options);
  return {std::move(options), std::move(result.report), verified(std::move(result.image))};
}

std::vector<std::string> source_files(const CompileRequest& request,
                                      const std::string& model_path) {
  std::vector<std::string> files{model_path};
  for (const std::string& file :
       {preprocess_file(request, model_path), request.calibration_file, request.accelerator_file,
        multipliers_file(request.accelerator_file)}) {
    if (!file.empty()) {
      files.push_back(file);
    }
  }
  return files;
}

}  // namespace airnn
