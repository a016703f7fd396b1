using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.Registration;

/// <summary>Makes hosts whose content root is the folder of the saved models.</summary>
internal static class TestHost
{
    internal static IHost Create(Action<IServiceCollection, IConfiguration> register, params (string Key, string Value)[] settings)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new()
        {
            ContentRootPath = Path.GetDirectoryName(SavedModels.First),
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(pair => pair.Key, pair => (string?)pair.Value));
        register(builder.Services, builder.Configuration);
        return builder.Build();
    }
}
