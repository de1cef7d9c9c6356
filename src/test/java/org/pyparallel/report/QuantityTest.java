package org.pyparallel.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0|0", "999|999", "1000|1,000", "123456|123,456", "1204000|1,204,000"})
  void countsAreGrouped(long number, String text) {
    assertThat(Quantity.count(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0 shards", "1,1 shard", "2,2 shards"})
  void countsAgreeWithTheirNoun(long number, String text) {
    assertThat(Quantity.count(number, "shard")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0,0 B",
    "999,999 B",
    "1000,1.0 kB",
    "1249,1.2 kB",
    "38100000,38.1 MB",
    "99949,99.9 kB",
    "99950,100 kB",
    "999499,999 kB",
    "999500,1.0 MB",
    "100000000,100 MB",
    "9223372036854775807,9.2 EB"
  })
  void bytesHaveAboutThreeDigits(long number, String text) {
    assertThat(Quantity.bytes(number)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0:00", "5999,0:05", "65000,1:05", "3599000,59:59", "3723000,1:02:03"})
  void clocksShowMinutesAndSeconds(long millis, String text) {
    assertThat(Quantity.clock(millis * 1_000_000)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0,0.00 s", "309,0.30 s", "12050,12.05 s", "75000,1:15"})
  void shortDurationsShowHundredths(long millis, String text) {
    assertThat(Quantity.duration(millis * 1_000_000)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1000, 1 s", "59000, 59 s", "500, 0.50 s", "60000, 1:00", "5400000, 1:30:00"})
  void limitsAreShownAsTheyWereMeant(long millis, String text) {
    assertThat(Quantity.limit(millis * 1_000_000)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"100,2000,50", "1,3000,0", "2,3000,1", "5,0,0"})
  void ratesAreRounded(long amount, long millis, long rate) {
    assertThat(Quantity.perSecond(amount, millis * 1_000_000)).isEqualTo(rate);
  }
}
