# One warning set for our targets; third-party headers come in as SYSTEM.
add_library(airnn_warnings INTERFACE)
target_compile_options(airnn_warnings INTERFACE -Wall -Wextra -Wpedantic -Wconversion)
if(NOT CMAKE_UNITY_BUILD)  # where names of several files stand in one
  target_compile_options(airnn_warnings INTERFACE -Wshadow)
endif()
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
