package io.adjustbatch.warehouse;

import javax.sql.DataSource;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WarehouseSettings.class)
class WarehouseConfiguration {

    @Bean
    RelationInspector relationInspector(DataSource dataSource) {
        return new RelationInspector(dataSource);
    }

    @Bean
    RowLookup rowLookup(DataSource dataSource, WarehouseSettings settings) {
        return new RowLookup(dataSource, settings);
    }

    @Bean
    CsvLoader csvLoader(DataSource dataSource) {
        return new CsvLoader(dataSource);
    }
}
