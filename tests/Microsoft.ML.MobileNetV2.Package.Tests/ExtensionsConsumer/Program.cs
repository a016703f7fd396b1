using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.ML.MobileNetV2;

// Uses the package as an application with a host does. Arguments: a saved model, an image. Prints the scores, the health, and what an embedding is like.
HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new());
builder.Configuration.AddInMemoryCollection([new("Parts:Path", args[0]), new("Parts:MaxPixelCount", "50000000")]);
builder.Services.AddImageClassifier("parts", builder.Configuration.GetSection("Parts"));
builder.Services.AddMobileNetV2EmbeddingGenerator();
builder.Services.AddHealthChecks().AddImageClassifier("parts");
using IHost host = builder.Build();
await host.StartAsync();

var classifier = host.Services.GetRequiredKeyedService<IImageClassifier>("parts");
ImagePrediction prediction = await classifier.PredictAsync(ImageSource.FromFile(args[1]));
foreach (ClassScore score in prediction.Scores)
{
    Console.WriteLine($"{score.Label} {score.Score:R}");
}

HealthReport health = await host.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
Console.WriteLine($"{health.Status}");
var generator = host.Services.GetRequiredService<IEmbeddingGenerator<DataContent, Embedding<float>>>();
Embedding<float> embedding = await generator.GenerateAsync(new DataContent(File.ReadAllBytes(args[1]), "image/png"));
Console.WriteLine($"{embedding.ModelId}: {embedding.Dimensions}");
await host.StopAsync();
