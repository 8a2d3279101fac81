use serde_json::{Value, json};
use std::{env::var, error::Error, time::Duration};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (url, key) = (var("FARLINE_URL")? + "/partner/v1/orders", var("FARLINE_KEY")?);
    let client = reqwest::Client::new();
    let wish = json!({
        "reference": "order-1",
        "number": "+14165550100",
        "product": "maplewave-5gb",
    });
    let answer = client.post(&url).bearer_auth(&key).json(&wish).send().await?;
    let mut order: Value = answer.error_for_status()?.json().await?;
    while order["outcome"] == "pending" || order["outcome"] == "unknown" {
        tokio::time::sleep(Duration::from_secs(1)).await;
        let answer = client.get(format!("{url}/order-1")).bearer_auth(&key).send().await?;
        order = answer.error_for_status()?.json().await?;
    }
    println!("{} {}", order["outcome"], order["price"]);
    Ok(())
}
