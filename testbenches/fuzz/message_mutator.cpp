// SPDX-License-Identifier: Apache-2.0
#include "testbenches/fuzz/message_mutator.h"

#include <onnx/onnx_pb.h>

#include <limits>
#include <vector>

namespace airnn::test {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

}  // namespace

std::int64_t MessageMutator::odd_number() {
  static const std::vector<std::int64_t> numbers = {0,
                                                    1,
                                                    2,
                                                    3,
                                                    5,
                                                    7,
                                                    10,
                                                    11,
                                                    16,
                                                    -1,
                                                    -2,
                                                    64,
                                                    255,
                                                    256,
                                                    4096,
                                                    65535,
                                                    65536,
                                                    1 << 20,
                                                    1 << 30,
                                                    std::numeric_limits<std::int32_t>::max(),
                                                    std::int64_t{1} << 33,
                                                    std::numeric_limits<std::int64_t>::max(),
                                                    std::numeric_limits<std::int64_t>::min()};
  return numbers[below(numbers.size())];
}

std::string MessageMutator::mutate(const std::string& model) {
  onnx::ModelProto proto;
  if (!proto.ParseFromString(model)) {
    return model;
  }
  for (std::uint64_t n = 1 + below(3); n > 0; --n) {
    alter(&proto, 0);
  }
  return proto.SerializePartialAsString();
}

/// Goes down to some message, mostly one that has fields, and alters one of its fields.
void MessageMutator::alter(Message* message, int depth) {
  const google::protobuf::Reflection* reflection = message->GetReflection();
  std::vector<const FieldDescriptor*> fields;
  reflection->ListFields(*message, &fields);
  const auto* descriptor = message->GetDescriptor();
  if (fields.empty() || below(10) == 0) {
    const FieldDescriptor* any = descriptor->field(
        static_cast<int>(below(static_cast<std::uint64_t>(descriptor->field_count()))));
    return any->is_repeated() ? alter_repeated(message, any) : set_single(message, any);
  }
  const FieldDescriptor* field = fields[below(fields.size())];
  const bool is_message = field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE;
  if (is_message && depth < 8 && below(8) != 0) {
    Message* inner = field->is_repeated() ? reflection->MutableRepeatedMessage(
                                                message, field,
                                                static_cast<int>(below(static_cast<std::uint64_t>(
                                                    reflection->FieldSize(*message, field)))))
                                          : reflection->MutableMessage(message, field);
    return alter(inner, depth + 1);
  }
  if (field->is_repeated()) {
    alter_repeated(message, field);
  } else if (below(4) == 0) {
    reflection->ClearField(message, field);
  } else {
    set_single(message, field);
  }
}

void MessageMutator::alter_repeated(Message* message, const FieldDescriptor* field) {
  const google::protobuf::Reflection* reflection = message->GetReflection();
  const int size = reflection->FieldSize(*message, field);
  const auto any = [&] { return static_cast<int>(below(static_cast<std::uint64_t>(size))); };
  const std::uint64_t choice = below(size == 0 ? 1 : 4);
  if (choice == 1) {
    return reflection->SwapElements(message, field, any(), any());
  }
  if (choice == 2) {
    return reflection->RemoveLast(message, field);
  }
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->AddInt32(message, field, static_cast<std::int32_t>(odd_number()));
    case FieldDescriptor::CPPTYPE_INT64:
      return choice == 3 ? reflection->SetRepeatedInt64(message, field, any(), odd_number())
                         : reflection->AddInt64(message, field, odd_number());
    case FieldDescriptor::CPPTYPE_UINT64:
      return reflection->AddUInt64(message, field, static_cast<std::uint64_t>(odd_number()));
    case FieldDescriptor::CPPTYPE_FLOAT:
      return reflection->AddFloat(message, field, static_cast<float>(odd_number()));
    case FieldDescriptor::CPPTYPE_DOUBLE:
      return reflection->AddDouble(message, field, static_cast<double>(odd_number()));
    case FieldDescriptor::CPPTYPE_STRING:
      if (size > 0 && field->type() == FieldDescriptor::TYPE_STRING) {
        const std::string other = reflection->GetRepeatedString(*message, field, any());
        return choice == 3 ? reflection->SetRepeatedString(message, field, any(), other)
                           : reflection->AddString(message, field, other);
      }
      return reflection->AddString(message, field, "x");
    case FieldDescriptor::CPPTYPE_MESSAGE: {
      Message* added = reflection->AddMessage(message, field);
      if (size > 0) {
        const std::string copy =
            reflection->GetRepeatedMessage(*message, field, any()).SerializePartialAsString();
        added->ParsePartialFromString(copy);
      }
      return;
    }
    default:
      return;
  }
}

void MessageMutator::set_single(Message* message, const FieldDescriptor* field) {
  const google::protobuf::Reflection* reflection = message->GetReflection();
  const std::int64_t number = odd_number();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      return reflection->SetInt32(message, field, static_cast<std::int32_t>(number));
    case FieldDescriptor::CPPTYPE_INT64:
      return reflection->SetInt64(message, field, number);
    case FieldDescriptor::CPPTYPE_FLOAT:
      return reflection->SetFloat(
          message, field,
          below(2) == 0 ? std::numeric_limits<float>::quiet_NaN() : static_cast<float>(number));
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* values = field->enum_type();
      const auto count = static_cast<std::uint64_t>(values->value_count());
      return reflection->SetEnum(message, field, values->value(static_cast<int>(below(count))));
    }
    case FieldDescriptor::CPPTYPE_STRING: {
      static const std::vector<std::string> words = {"",
                                                     "x",
                                                     "Add",
                                                     "Conv",
                                                     "Relu",
                                                     "Reshape",
                                                     "Concat",
                                                     "MaxPool",
                                                     "Gemm",
                                                     "Softmax",
                                                     std::string(1, '\0'),
                                                     std::string(500, 'n'),
                                                     "\n",
                                                     "\xFF",
                                                     "layer0",
                                                     "0123456789abcdef"};
      return reflection->SetString(message, field, words[below(words.size())]);
    }
    case FieldDescriptor::CPPTYPE_MESSAGE:
      reflection->MutableMessage(message, field);
      return;
    default:
      return;
  }
}

}  // namespace airnn::test
