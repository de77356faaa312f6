# One warning set for our targets; third-party headers come in as SYSTEM.
add_library(airnn_warnings INTERFACE)
target_compile_options(airnn_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion)
# Clang warns of a name that hides a function, too: of one in another file, where several are one source.
target_compile_options(airnn_warnings INTERFACE
  $<$<OR:$<CXX_COMPILER_ID:GNU>,$<NOT:$<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>>>:-Wshadow>)
if(AIRNN_WARNINGS_AS_ERRORS)
  target_compile_options(airnn_warnings INTERFACE -Werror)
endif()
if(AIRNN_SANITIZE)
  add_compile_options(-fsanitize=${AIRNN_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${AIRNN_SANITIZE})
  # gcc sees values that the instrumentation hides from it as uninitialised.
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(airnn_warnings INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
