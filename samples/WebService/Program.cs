using Microsoft.AspNetCore.RateLimiting;
using WebService;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
UploadLimits limits = builder.Configuration.GetSection("Uploads").Get<UploadLimits>() ?? new();

builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = limits.MaxBytes);
builder.Services.AddImageClassifier(builder.Configuration.GetSection("ImageClassifier"));
builder.Services.AddHealthChecks().AddImageClassifier();
builder.Services.AddOpenApi();
builder.Services.AddValidation();
builder.Services.AddProblemDetails(Problems.Describe);
builder.Services.AddRateLimiter(limiter =>
{
    limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
    limiter.AddConcurrencyLimiter(ClassifyEndpoint.Policy, options => (options.PermitLimit, options.QueueLimit) = (limits.MaxConcurrent, limits.MaxQueued));
});

WebApplication app = builder.Build();
app.UseExceptionHandler(Problems.HandlerOptions);
app.UseStatusCodePages();
app.UseRateLimiter();
app.MapOpenApi();
app.MapHealthChecks("/health");
app.MapClassify();
app.Run();
