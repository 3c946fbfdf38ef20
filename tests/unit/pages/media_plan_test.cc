#include "pages/media_plan.h"

#include "unit/pages/built_site.h"

using namespace qunying;
using namespace qunying::test;

TEST_CASE("sounds, films and subtitles are published once each; pictures and private files are not") {
    SiteBuilder build;
    build.add("person", "a", "王样例",
              {{"reading", "content/people/a/reading.mp3"}, {"portrait", "content/people/a/p.jpg"}});
    build.add("video", "v", "片",
              {{"file", "content/videos/v.mp4"},
               {"subtitles", "content/videos/v.vtt"},
               {"poster", "content/videos/v.jpg"}});
    build.add("oral", "o", "口述", {{"audio", "content/people/a/reading.mp3"}});
    build.add("batch", "b", "批", {{"conferrals", Group{{"proof", "content/batches/secret.pdf"}}}});
    std::vector<std::string> files;
    for (const MediaRequest& request : plan_media(build.site)) files.push_back(request.file);
    CHECK(files == std::vector<std::string>{"content/people/a/reading.mp3", "content/videos/v.mp4",
                                            "content/videos/v.vtt"});
}

TEST_CASE("a published name holds the hash and keeps the ending") {
    CHECK(published_media_path("content/people/a/Reading.MP3", "0123456789ab") ==
          "media/a-reading-01234567.mp3");
}
