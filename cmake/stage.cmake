# add_stage(NAME DEPENDS stage... LIBRARIES external...): one static library per folder of src/.
# DEPENDS may only name stages above it in src/CMakeLists.txt; the link line is the architecture drawing.
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()

add_library(legation_flags INTERFACE)
target_include_directories(legation_flags INTERFACE ${PROJECT_SOURCE_DIR}/include ${PROJECT_SOURCE_DIR}/src)
target_compile_options(legation_flags INTERFACE -Wall -Wextra -Werror)
if(LEGATION_SANITIZE)
  target_compile_options(legation_flags INTERFACE -fsanitize=${LEGATION_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  target_link_options(legation_flags INTERFACE -fsanitize=${LEGATION_SANITIZE})
endif()

function(add_stage name)
  cmake_parse_arguments(STAGE "" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${name}/*.cc)
  add_library(legation_${name} STATIC ${sources})
  list(TRANSFORM STAGE_DEPENDS PREPEND legation_)
  target_link_libraries(legation_${name} PUBLIC legation_flags ${STAGE_DEPENDS} PRIVATE ${STAGE_LIBRARIES})
endfunction()
