using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.ML.MobileNetV2;
using Microsoft.ML.MobileNetV2.Registration;
using Microsoft.ML.MobileNetV2.Serving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides the registration of image classifiers.</summary>
/// <remarks>
/// An <see cref="IImageClassifier"/> without a name is a plain service, one with a name a keyed service. Models are loaded when the host starts, or at the first
/// use where there is no host; the container disposes them.
/// </remarks>
public static class ImageClassifierServiceCollectionExtensions
{
    /// <summary>Registers an <see cref="IImageClassifier"/> with a saved model.</summary>
    /// <param name="services">The services.</param>
    /// <param name="path">The path of a .zip that <c>mlContext.Model.Save</c> wrote; a relative one begins at the application's content root.</param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or such a classifier is registered already.</exception>
    public static IServiceCollection AddImageClassifier(
        this IServiceCollection services, string path, Action<ImageClassifierServiceOptions>? configure = null) =>
        services.AddImageClassifier(string.Empty, path, configure);

    /// <summary>Registers an <see cref="IImageClassifier"/> with a saved model under a name.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service: <c>[FromKeyedServices(name)]</c>.</param>
    /// <param name="path">The path of a .zip that <c>mlContext.Model.Save</c> wrote; a relative one begins at the application's content root.</param>
    /// <param name="configure">Sets further options.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or a classifier of this name is registered already.</exception>
    public static IServiceCollection AddImageClassifier(
        this IServiceCollection services, string name, string path, Action<ImageClassifierServiceOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        Add(services, new(name, Section: null)).Configure(options => options.Path = path).Configure(configure ?? (_ => { }));
        return services;
    }

    /// <summary>Registers an <see cref="IImageClassifier"/> whose options are set by code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The services.</returns>
    /// <exception cref="ArgumentException">Such a classifier is registered already.</exception>
    public static IServiceCollection AddImageClassifier(this IServiceCollection services, Action<ImageClassifierServiceOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        Add(services, new(string.Empty, Section: null)).Configure(configure);
        return services;
    }

    /// <summary>Registers an <see cref="IImageClassifier"/> whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section with the options, for example <c>builder.Configuration.GetSection("ImageClassifier")</c>.</param>
    /// <returns>The services.</returns>
    /// <remarks>A setting that does not exist is refused when the host starts.</remarks>
    /// <exception cref="ArgumentException">Such a classifier is registered already.</exception>
    public static IServiceCollection AddImageClassifier(this IServiceCollection services, IConfiguration section) =>
        services.AddImageClassifier(string.Empty, section);

    /// <summary>Registers an <see cref="IImageClassifier"/> under a name whose options are in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the key of the service: <c>[FromKeyedServices(name)]</c>.</param>
    /// <param name="section">The section with the options.</param>
    /// <returns>The services.</returns>
    /// <remarks>A setting that does not exist is refused when the host starts.</remarks>
    /// <exception cref="ArgumentException">A classifier of this name is registered already.</exception>
    public static IServiceCollection AddImageClassifier(this IServiceCollection services, string name, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        ClassifierName classifier = new(name, (section as IConfigurationSection)?.Path);
        Add(services, classifier).Configure(options => Bind(options, section, classifier));
        return services;
    }

    private static void Bind(ImageClassifierServiceOptions options, IConfiguration section, ClassifierName name)
    {
        try
        {
            section.Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"{name}: {e.Message}", e);
        }
    }

    private static OptionsBuilder<ImageClassifierServiceOptions> Add(IServiceCollection services, ClassifierName name)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name.Name, nameof(name));
        if (services.Any(service => service.ImplementationInstance is ClassifierName other && other.Name == name.Name))
        {
            throw new ArgumentException($"{name} is registered already. Give it another name.", nameof(name));
        }

        services.AddSingleton(name);
        services.AddSingleton<IValidateOptions<ImageClassifierServiceOptions>>(new ServiceOptionsValidator(name));
        services.TryAddSingleton(ServedClassifierFactory.CreateInstruments);
        services.TryAddSingleton(ServedClassifierFactory.CreateWatches);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ClassifierStart>());
        services.AddKeyedSingleton(name.Name, (provider, _) => ServedClassifierFactory.Create(provider, name));
        AddClassifier(services, name.Name);
        return services.AddOptions<ImageClassifierServiceOptions>(name.Name).ValidateOnStart();
    }

    private static void AddClassifier(IServiceCollection services, string name)
    {
        if (name.Length == 0)
        {
            services.AddSingleton<IImageClassifier>(provider => provider.GetRequiredKeyedService<ServedClassifier>(name));
        }
        else
        {
            services.AddKeyedSingleton<IImageClassifier>(name, (provider, key) => provider.GetRequiredKeyedService<ServedClassifier>(key));
        }
    }
}
